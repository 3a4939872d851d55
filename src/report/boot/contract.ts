import type { ContractVariable } from '../../model/outcome/contract.ts'
import type { Label } from '../../text/diagnostic.ts'

/** One variable as a page shows it. */
export interface ContractRow {
  readonly name: string
  readonly mark: 'good' | 'bad' | 'doubt' | 'plain'
  readonly text: string
  /** Who gives it; else who reads it. */
  readonly at: Label | undefined
}

/** The variables of a page: what is missing first, then what is given, then what has a default. */
export function contractRows(variables: readonly ContractVariable[]): readonly ContractRow[] {
  return variables
    .map((variable) => rowOf(variable))
    .toSorted((one, other) => order.indexOf(one.mark) - order.indexOf(other.mark))
}

const order = ['bad', 'doubt', 'good', 'plain']

function rowOf(variable: ContractVariable): ContractRow {
  const { name, required, value, reads, isNamed, default: fallback } = variable
  const read = reads[0]
  const outside = value.trail.filter(({ span }) => !/\.exs?$/.test(span.source.path))
  const given = outside.findLast(({ isLacking, decides }) => !isLacking && !decides) ?? outside.at(-1)
  if (value.kind === 'known') return { name, mark: 'good', text: `= ${short(value.value)}`, at: given ?? read }
  if (isNamed && !given) return { name, mark: 'doubt', text: 'asked for, and nobody here gives it', at: read }
  const instead = fallback === undefined ? '' : `: ${fallback} without it`
  if (value.kind === 'unset')
    return required
      ? { name, mark: 'bad', text: 'required, and nobody gives it', at: read }
      : { name, mark: 'plain', text: `not set${instead}`, at: read }
  if (given) return { name, mark: 'doubt', text: 'given, and its value is not known', at: given }
  return required
    ? { name, mark: 'doubt', text: 'required, and nobody here gives it', at: read }
    : { name, mark: 'plain', text: `not set here${instead}`, at: read }
}

/** A masked secret without its length. */
const short = (text: string): string => text.replace(/·{9,}/g, '········')
