import { standardLibrary } from '../../../languages/elixir/stdlib/index.ts'
import { aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { Node } from '../../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { calls } from '../../../languages/elixir/syntax/query.ts'
import { nearest } from '../../../text/nearest.ts'
import { oncePer } from '../../../text/once.ts'
import { type Span, textOf } from '../../../text/source.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { isWrittenOut } from '../../phoenix/words.ts'

/** A name of a function or a pipeline that there is not: mostly one that a module of the project nearly has. */
export interface LostFunction {
  /** `ShopWeb.HealthController.shwo`. */
  readonly name: string
  readonly span: Span
  readonly near: string | undefined
  readonly stops: 'build' | 'start' | 'request' | 'call'
  /** Whether what is not in view may bring it. */
  readonly isDoubtful: boolean
}

/** What a module brings along: the names in full of what it uses and imports, and of what hooks into its compilation. */
const broughtTo = oncePer((module: ModuleDefinition): readonly string[] => {
  const asked = ['use', 'import'].flatMap((word) => calls(module.body, word)).map(({ args: [first] }) => first)
  const hooks = module.attributes.filter(({ name }) => hooking.test(name)).map(({ value }) => value)
  const named = [...asked, ...hooks.map((value) => (value?.kind === 'tuple' ? value.items[0] : value))]
  return named.flatMap((node) => aliasName(node, module.aliases, module.name) ?? [])
})

const hooking = /^(before_compile|after_compile|on_definition)$/

/** What brings nothing but what the lists of plugs and words have. */
const isOfPhoenix = (name: string): boolean =>
  /^(Phoenix|Plug|Ecto|Gettext|Logger)(\.|$)/.test(name) || standardLibrary.hasModule(name)

/** The names of the functions that the macros of a module make where they are used; `any` where it may be all. */
const quotedIn = oncePer((module: ModuleDefinition): ReadonlySet<string> | 'any' => {
  const text = textOf(module.span)
  const start = text.search(/\bquote\b/)
  if (start < 0) return new Set()
  const quoted = text.slice(start)
  if (/\bdef\w*[ (]+unquote\b/.test(quoted)) return 'any'
  return new Set([...quoted.matchAll(/\b(?:def\w*|pipeline)[ (]+:?(\w+[?!]?)/g)].map(([, name = '']) => name))
})

/**
 * Whether a macro gives a function or a pipeline of that name to a module: `unknown` where the module uses or imports what is
 * not in view.
 */
export function isGiven(name: string, module: ModuleDefinition, code: Code): 'yes' | 'no' | 'unknown' {
  const seen = new Set<string>()
  const waiting = [...broughtTo(module), ...calledAtTop(module)]
  let given: 'no' | 'unknown' = 'no'
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const own = code.module(next)
    if (!own) {
      if (!isOfPhoenix(next)) given = 'unknown'
      continue
    }
    const quoted = quotedIn(own)
    if (quoted === 'any' || quoted.has(name)) return 'yes'
    if (/\bquote\b/.test(textOf(own.span))) waiting.push(...broughtTo(own))
  }
  return given
}

/** The modules whose macros are called among the definitions of a module: `Shop.Getters.getters([:size])`. */
const calledAtTop = ({ body, aliases, name }: ModuleDefinition): readonly string[] =>
  body.flatMap((node) => (node.kind === 'call' && node.target ? (aliasName(node.target, aliases, name) ?? []) : []))

/** Whether nothing but what is written in a module can define functions of it: no macro is used, and none is called. */
export const isPlain = ({ uses, body, attributes }: ModuleDefinition): boolean =>
  uses.length === 0 && !body.some(mayDefine) && !attributes.some(({ name }) => hooking.test(name))

const mayDefine = (node: Node): boolean =>
  node.kind === 'call' &&
  (node.target !== undefined
    ? !(node.target.kind === 'alias' && standardLibrary.hasModule(node.target.segments.join('.')))
    : !ofElixir.test(node.name))

/** What stands among the definitions of a module and defines no function that is not written there. */
const ofElixir =
  /^(def(p|macrop?|struct|exception|guardp?|module|impl|protocol|overridable)?|alias|import|require|if|unless|case|for|raise|quote|=|\|>)$/

/** Whether some module of the project defines a function of that name. */
export const isDefined = (name: string, code: Code): boolean =>
  code.modules.some((module) => isWrittenOut(module, name) && functionOf(module, name))

/** The name that was meant, of names that differ in no more than a slip of the hand. */
export const slipOf = (name: string, names: readonly string[]): string | undefined =>
  nearest(
    name,
    names.filter((one) => Math.abs(one.length - name.length) < 2),
    name.length < 10 ? 1 : 2,
  )
