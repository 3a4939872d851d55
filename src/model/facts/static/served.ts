import { aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { Node } from '../../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { bodyOf, keywordGet, stringText } from '../../../languages/elixir/syntax/query.ts'
import { type Known, known, unknown } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { plugsIn } from '../../phoenix/plugs.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'

/** The names below one path that a `Plug.Static` serves (Plug.Static, "Options"). */
export interface ServedNames {
  /** The path without slashes around it; empty for the root. */
  readonly at: string
  /** The first parts that are served; undefined where all are. */
  readonly only: readonly string[] | undefined
  /** What the first part may begin with. */
  readonly beginnings: readonly string[]
  /** Where they are listed. */
  readonly span: Span
  /** `Plug.Static` itself. */
  readonly plug: Span
}

/** What may answer for files in place of Plug.Static. */
const others = /static|asset|upload|file|storage|media|vite|cdn|proxy|spa\b|PlugFavicon/i

/** What the endpoint serves of static files. */
export function servedBy(endpoint: ModuleDefinition, code: Code): Known<readonly ServedNames[]> {
  const served: ServedNames[] = []
  for (const { call, named, handler } of plugsIn(endpoint.body, endpoint, code)) {
    if (named !== 'Plug.Static') {
      const name = named ?? `${handler?.module.name ?? ''}.${handler?.name ?? ''}`
      if (others.test(name)) return unknown(`\`${name}\` may serve files as well`)
      continue
    }
    const [, options] = call.args
    const at = keywordGet(options, 'at')
    const only = keywordGet(options, 'only')
    const matching = keywordGet(options, 'only_matching')
    const path = at === undefined ? '/' : stringText(at)
    const names = only && textsOf(only, endpoint, code)
    const beginnings = matching ? textsOf(matching, endpoint, code) : { texts: [] }
    if (options?.kind !== 'list' || path === undefined || (only && !names) || !beginnings)
      return unknown('what `Plug.Static` is given is not known')
    served.push({
      at: path.replace(/^\/+|\/+$/g, ''),
      only: only || matching ? (names?.texts ?? []) : undefined,
      beginnings: beginnings.texts,
      span: names?.span ?? matching?.span ?? call.span,
      plug: call.args[0]?.span ?? call.span,
    })
  }
  return known(served)
}

/** Whether a path is among what is served. */
export function isServed(path: string, served: readonly ServedNames[]): boolean {
  const parts = path.split('/').filter((part) => part !== '')
  return served.some(({ at, only, beginnings }) => {
    const above = at.split('/').filter((part) => part !== '')
    const first = parts[above.length]
    if (first === undefined || above.some((part, index) => parts[index] !== part)) return false
    return only === undefined || only.includes(first) || beginnings.some((one) => first.startsWith(one))
  })
}

interface ServedTexts {
  readonly texts: readonly string[]
  readonly span?: Span
}

/** The texts of a list that is written there, in an attribute, or in a function of the project without arguments. */
function textsOf(node: Node, owner: ModuleDefinition, code: Code, depth = 0): ServedTexts | undefined {
  if (depth > 4) return undefined
  if (node.kind === 'sigil' && /^w$/i.test(node.name) && node.modifiers !== 'a') {
    const [part, more] = node.parts
    if (more || (part && part.kind !== 'text')) return undefined
    return { texts: part?.text.split(/\s+/).filter((word) => word !== '') ?? [], span: node.span }
  }
  if (node.kind === 'list') {
    const texts = node.items.map(stringText)
    const known = texts.flatMap((text) => text ?? [])
    return known.length === texts.length && !node.tail ? { texts: known, span: node.span } : undefined
  }
  if (node.kind === 'binary' && node.operator === '++') {
    const [left, right] = [node.left, node.right].map((side) => textsOf(side, owner, code, depth + 1))
    return left && right ? { texts: [...left.texts, ...right.texts], span: node.span } : undefined
  }
  if (node.kind === 'attribute' && node.value === undefined) {
    const value = owner.attributes.findLast((one) => one.name === node.name)?.value
    return value && textsOf(value, owner, code, depth + 1)
  }
  if (node.kind !== 'call' && node.kind !== 'variable') return undefined
  const target = node.kind === 'call' ? node.target : undefined
  const name = target && aliasName(target, owner.aliases, owner.name)
  const module = target ? (name === undefined ? undefined : code.module(name)) : owner
  const definition = functionOf(module, node.name, 0)
  const [body, other] = definition ? bodiesOf(definition) : []
  const last = bodyOf(body).at(-1)
  return module && last && !other ? textsOf(last, module, code, depth + 1) : undefined
}
