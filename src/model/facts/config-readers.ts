import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { moduleName } from '../../languages/elixir/syntax/module-name.ts'
import { atomName, bodyOf, walk } from '../../languages/elixir/syntax/query.ts'
import { precedenceIn } from '../phoenix/asked-first.ts'
import type { Code } from '../phoenix/code.ts'
import { type AppFunction, bodiesOf, type ConfigCall, variableIn } from '../phoenix/run-time.ts'

/** Code that has the value of a key of the config. */
export interface KeyReader {
  readonly node: Node
  /** The function that it stands in; undefined where the compiler evaluates it. */
  readonly from: AppFunction | undefined
}

/** Who reads and who sets a key of the config. */
export interface Readers {
  readonly known: readonly KeyReader[]
  /** Code that reads keys that are decided when it runs, of which this may be one. */
  readonly open: readonly KeyReader[]
  /** Code that sets the key when it runs. */
  readonly setters: readonly KeyReader[]
}

/** The code that reads `option` under `key` of an application, or all that is under `key` where none is given. */
export function readersOf(code: Code, app: string, key: string | undefined, option: string | undefined): Readers {
  const runTime = code.runTime()
  const calls = runTime
    .configCalls(['env', moduleName(app).split('.').at(-1) ?? ''])
    .filter((call) => call.app === app || call.app === undefined)
  const named = calls.filter((call) => call.key === key && call.key !== undefined)
  const hidden = calls
    .filter((call) => call.key === undefined && !call.sets)
    .map((call) => throughArgument(call, key, code))
  const reads = named.filter(({ sets }) => !sets).flatMap((call) => throughOption(call, option))
  return {
    known: [...reads, ...hidden.flatMap(({ known }) => known.flatMap((reader) => throughOption(reader, option)))],
    open: hidden.flatMap(({ open }) => open),
    setters: named.filter(({ sets }) => sets),
  }
}

/** A call whose key is an argument of its function: those who call it with the key read it. */
function throughArgument(call: ConfigCall, key: string | undefined, code: Code): Pick<Readers, 'known' | 'open'> {
  const { from } = call
  if (from === undefined || from.definition.arity === 0) return { known: [], open: [call] }
  const callers = code.runTime().callsOf(from)
  const known = callers.filter(({ node }) => atomsIn(node).includes(key ?? ''))
  const isDecidedLater = callers.length === 0 || callers.some(({ node }) => atomsIn(node).length === 0)
  return { known, open: isDecidedLater ? [call] : [] }
}

/** The reader where it may use `option`: not where it takes another one out of the value at once. */
function throughOption(reader: KeyReader, option: string | undefined): readonly KeyReader[] {
  const { node, from } = reader
  if (option === undefined || from === undefined) return [reader]
  const taken: (string | undefined)[] = []
  const bound = new Set<string>()
  let whole = 0
  const isIt = (one: Node | undefined) => one === node || (one?.kind === 'variable' && bound.has(one.name))
  walk(bodiesOf(from.definition), (one) => {
    if (one.kind === 'binary' && one.operator === '=' && one.right === node && one.left.kind === 'variable') {
      bound.add(one.left.name)
      whole -= 2
    }
    if (isIt(one)) whole += 1
    if (one.kind === 'access' && isIt(one.target)) taken.push(firstAtom(one.key))
    if (one.kind === 'binary' && one.operator === '|>' && isIt(one.left) && one.right.kind === 'call')
      taken.push(takes.test(one.right.name) ? firstAtom(one.right.args[0]) : undefined)
    if (one.kind === 'call' && takes.test(one.name) && isIt(one.args[0])) taken.push(firstAtom(one.args[1]))
  })
  const isOther =
    taken.length > 0 && taken.length === whole && taken.every((name) => name !== undefined && name !== option)
  return isOther ? [] : [reader]
}

const takes = /^(get|fetch!?|get_in|pop|pop!|take)$/

const firstAtom = (node: Node | undefined): string | undefined =>
  node?.kind === 'list' ? atomName(node.items[0]) : atomName(node)

const atomsIn = (node: Node): readonly string[] =>
  node.kind === 'call' ? node.args.flatMap((arg) => firstAtom(arg) ?? []) : []

/** Where the functions of the project ask for a variable: its name, and the calls of functions that ask. */
export function askingNodes(code: Code, variable: string): ReadonlySet<Node> {
  const runTime = code.runTime()
  const nodes = new Set<Node>()
  const seen = new Set<AppFunction['definition']>()
  let functions = runTime.naming(variable)
  for (const { definition } of functions) {
    walk(bodiesOf(definition), (node) => {
      if (variableIn(node) === variable) nodes.add(node)
    })
  }
  for (let depth = 0; depth < deepest && functions.length > 0; depth += 1) {
    for (const { definition } of functions) seen.add(definition)
    const calls = functions.flatMap((one) => runTime.callsOf(one))
    for (const { node } of calls) nodes.add(node)
    functions = calls.map(({ from }) => from).filter(({ definition }) => !seen.has(definition))
  }
  return nodes
}

const deepest = 3

/** What readers make of a value that the build has frozen: have it, or ask `asking` in its stead, or that is not clear. */
export type Outcome = 'frozen' | 'asked' | 'unclear'

/** What a reader makes of a value of the config; `isTrue` where the value is neither nil nor false. */
export function outcomeOf(
  code: Code,
  reader: KeyReader,
  asking: ReadonlySet<Node>,
  isTrue: boolean,
  option: string | undefined,
) {
  const seen = new Set<AppFunction['definition']>()
  const follow = ({ node, from }: KeyReader, depth: number): Outcome => {
    if (from === undefined) return 'frozen'
    const bodies = bodiesOf(from.definition)
    let asks = false
    walk(bodies, (one) => {
      asks ||= asking.has(one)
      return !asks
    })
    if (asks) {
      const precedence = precedenceIn(bodies, new Set([node]), asking)
      if (precedence === undefined) return 'unclear'
      return precedence === 'environment' || (precedence === 'config' && !isTrue) ? 'asked' : 'frozen'
    }
    const isHandedOn = option !== undefined && returns(from.definition, node)
    if ((asking.size === 0 && !isHandedOn) || depth === deepest || seen.has(from.definition)) return 'frozen'
    seen.add(from.definition)
    const callers = code
      .runTime()
      .callsOf(from)
      .filter((call) => atomsIn(call.node).length === 0 || option === undefined || atomsIn(call.node).includes(option))
    const outcomes = callers.flatMap((call) => throughOption(call, option)).map((call) => follow(call, depth + 1))
    return worst(outcomes) ?? (callers.length > 0 ? 'asked' : 'frozen')
  }
  return follow(reader, 0)
}

/** Whether a function does nothing but give the value to those who call it. */
const returns = ({ clauses }: AppFunction['definition'], node: Node): boolean =>
  clauses.length === 1 && bodyOf(clauses[0]?.sections[0]?.body).at(-1) === node

/** The worst of several outcomes; undefined where there are none. */
export const worst = (outcomes: readonly Outcome[]): Outcome | undefined =>
  (['frozen', 'unclear', 'asked'] as const).find((one) => outcomes.includes(one))
