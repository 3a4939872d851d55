import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, fullName, stringText, walk } from '../../languages/elixir/syntax/query.ts'
import { oncePer } from '../../text/once.ts'
import { isWrittenIn, lastPart, mayCall } from './words.ts'

/** A function and the module that it is in. */
export interface AppFunction {
  readonly module: ModuleDefinition
  readonly definition: FunctionDefinition
}

/** A call with an application and a key of its config before all else, such as `Application.get_env(:shop, :url)`. */
export interface ConfigCall {
  readonly node: CallNode
  /** Undefined where it is decided when it is called. */
  readonly app: string | undefined
  /** As Erlang names it. Undefined where it is decided when it is called, or where all keys are meant. */
  readonly key: string | undefined
  /** Whether it sets the key instead of reading it. */
  readonly sets: boolean
  /** The function that it stands in; undefined where the compiler evaluates it. */
  readonly from: AppFunction | undefined
}

/** What the functions of the project name when they run: variables, keys of the config, functions. */
export interface RunTimeCode {
  /** Those in files in which one of `words` stands. */
  readonly configCalls: (words: readonly string[]) => readonly ConfigCall[]
  /** The functions that name a variable, such as `System.get_env("API_URL")` does. */
  readonly naming: (variable: string) => readonly AppFunction[]
  /** The functions in which a function is called, and the calls. */
  readonly callsOf: (called: AppFunction) => readonly { readonly node: Node; readonly from: AppFunction }[]
}

/** What the functions of one module name. */
interface OwnNames {
  readonly configCalls: readonly ConfigCall[]
  readonly variables: ReadonlyMap<string, ReadonlySet<AppFunction>>
  readonly called: ReadonlyMap<string, readonly { readonly node: Node; readonly from: AppFunction }[]>
}

/**
 * Says what the functions of `modules` name, of which `writing` has a word in the file. A module is read through when it
 * may have what is asked for.
 */
export function runTimeCodeOf(
  modules: readonly ModuleDefinition[],
  writing: (word: string) => readonly ModuleDefinition[],
): RunTimeCode {
  const namesOf = oncePer(namesIn)
  const known = new Map<string, readonly ConfigCall[]>()
  const callsWith = (words: readonly string[]) =>
    modules
      .filter((module) => words.some((word) => isWrittenIn(module, word)))
      .flatMap((module) => namesOf(module).configCalls)
  return {
    configCalls: (words) => {
      const key = words.join(' ')
      const calls = known.get(key) ?? callsWith(words)
      known.set(key, calls)
      return calls
    },
    naming: (variable) =>
      modules
        .filter((module) => isWrittenIn(module, variable))
        .flatMap((module) => [...(namesOf(module).variables.get(variable) ?? [])]),
    callsOf: ({ module, definition }) =>
      writing(lastPart(module.name))
        .filter((one) => mayCall(one, module.name, definition.name))
        .flatMap((one) => namesOf(one).called.get(`${module.name}.${definition.name}`) ?? [])
        .filter(({ from }) => from.definition !== definition),
  }
}

function namesIn(module: ModuleDefinition): OwnNames {
  const configCalls: ConfigCall[] = []
  const variables = new Map<string, Set<AppFunction>>()
  const called = new Map<string, { node: Node; from: AppFunction }[]>()
  for (const definition of module.functions) {
    const from = { module, definition }
    walk(bodiesOf(definition), (node) => {
      const text = variableIn(node)
      if (text !== undefined) variables.set(text, (variables.get(text) ?? new Set()).add(from))
      if (node.kind === 'call' || node.kind === 'variable') {
        const target = node.kind === 'call' ? node.target : undefined
        const owner = target ? aliasName(target, module.aliases, module.name) : module.name
        const calls = called.get(`${owner}.${node.name}`) ?? []
        calls.push({ node, from })
        called.set(`${owner}.${node.name}`, calls)
      }
      configCalls.push(...configCallOf(node, module, from))
    })
  }
  walk(module.body, (node) => {
    if (node.kind === 'call' && /^def(p|macro|macrop|module)?$/.test(node.name)) return false
    configCalls.push(...configCallOf(node, module, undefined))
    return true
  })
  return { configCalls, variables, called }
}

/** What the clauses of a function do. */
export const bodiesOf = (definition: FunctionDefinition): readonly Node[] =>
  definition.clauses.flatMap(({ sections }) => sections.map(({ body }) => body))

/** The name of a variable that is written as a text: `"API_URL"`, `'API_URL'`. */
export function variableIn(node: Node): string | undefined {
  const [part] = node.kind === 'charlist' ? node.parts : []
  const text = part?.kind === 'text' ? part.text : stringText(node)
  return text !== undefined && /^[A-Za-z_]\w*$/.test(text) ? text : undefined
}

function configCallOf(node: Node, module: ModuleDefinition, from: AppFunction | undefined): readonly ConfigCall[] {
  if (node.kind !== 'call' || node.args.length === 0) return []
  const name = fullName(node) ?? ''
  const isLibrary = /^(Application|:application|Confex|Config)\.\w*env\w*!?$|\.compile_env!?$/.test(name)
  const [app, key] = node.args.map((arg) => atomOf(arg, module))
  const isAll = /get_all_env|_all_/.test(node.name)
  if (!isLibrary && (app === undefined || key === undefined || node.args.length > 4)) return []
  const sets = /^(put|delete|set|unset|merge)/.test(node.name)
  return [{ node, app, key: isAll ? undefined : key, sets, from }]
}

/** The name of an atom or a module, as Erlang has it; of a list, the first of it; of a module attribute what that is. */
function atomOf(node: Node | undefined, module: ModuleDefinition): string | undefined {
  if (node?.kind === 'attribute' && node.value === undefined) {
    const { name } = node
    const value = module.attributes.findLast((one) => one.name === name)?.value
    return value?.kind === 'attribute' ? undefined : atomOf(value, module)
  }
  if (node?.kind === 'list') return atomOf(node.items[0], module)
  const atom = atomName(node)
  if (atom !== undefined) return atom
  const name = aliasName(node, module.aliases, module.name)
  return name === undefined ? undefined : `Elixir.${name}`
}
