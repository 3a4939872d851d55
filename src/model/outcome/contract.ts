import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { parseElixir } from '../../languages/elixir/syntax/parse.ts'
import { stringText, walk } from '../../languages/elixir/syntax/query.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import { oncePer } from '../../text/once.ts'
import type { Source, Span } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { readsOf } from '../boot/reads.ts'
import { namedVariables } from './out-of-view.ts'

/** A variable that an app reads. */
export interface ContractVariable {
  readonly name: string
  /** The app does not start without it. */
  readonly required: boolean
  /** Whether it is only named to code that cannot be followed, so that nobody knows what becomes without it. */
  readonly isNamed?: true
  /** What is used instead of it, as text; undefined where there is nothing, or it is no literal. */
  readonly default: string | undefined
  readonly value: Known<string>
  /** The places that read it. */
  readonly reads: readonly Label[]
  /** When: a variable of the build is frozen into the release. */
  readonly during: 'build' | 'start'
}

/** Every variable that the app of a deployment reads, in the order of its name. */
export function contractOf(deployment: Deployment): readonly ContractVariable[] {
  const { boot } = deployment
  if (boot === undefined) return []
  const opened = boot.opened()
  const reads = [...boot.reads, ...(opened?.reads ?? [])]
  const found = readsOf(deployment)
  const read = [...found].map(([name, { places, atStart, required }]): ContractVariable => {
    const own = reads.filter((read) => read.name === name)
    const given = own.flatMap(({ default: value }) =>
      value?.kind === 'binary' ? [value.text] : value?.kind === 'integer' ? [`${value.value}`] : [],
    )
    const fallback = given[0] ?? own.map(({ span }) => fallbackBehind(span)).find((text) => text !== undefined)
    const atBuild = own.find((read) => read.during === 'build')?.value
    return {
      name,
      required: atStart ? required : own.some((read) => read.required && read.guards.length === 0),
      default: fallback,
      value: atStart || atBuild === undefined ? boot.environment(name) : atBuild,
      reads: places,
      during: atStart ? 'start' : 'build',
    }
  })
  const named = [...namedVariables(boot)].flatMap(([name, places]): readonly ContractVariable[] =>
    found.has(name)
      ? []
      : [
          {
            name,
            required: false,
            isNamed: true,
            default: undefined,
            value: boot.environment(name),
            reads: places,
            during: 'start',
          },
        ],
  )
  return [...read, ...named].toSorted((one, other) => (one.name < other.name ? -1 : 1))
}

/** The literal behind `System.get_env("NAME") ||`. */
const fallbackBehind = (read: Span): string | undefined => fallbacksIn(read.source).get(read.start)

const fallbacksIn = oncePer((source: Source): ReadonlyMap<number, string> => {
  const found = new Map<number, string>()
  walk(parseElixir(source).body, (node) => {
    if (node.kind !== 'binary' || node.operator !== '||') return
    const text = literalText(node.right)
    if (text !== undefined) found.set(node.left.span.start, text)
  })
  return found
})

const literalText = (node: Node): string | undefined => (node.kind === 'integer' ? `${node.value}` : stringText(node))
