import { type Diagnostic, type Gotcha, gotchas, type Severity, severities } from '../text/diagnostic.ts'
import { byPlace, compareText, isBroken } from '../text/order.ts'
import type { Report } from './report.ts'

/** How many findings there are of each severity. */
export type Counts = Readonly<Record<Severity, number>>

/** How many there are of each severity. */
export function countsOf(diagnostics: readonly Diagnostic[]): Counts {
  const counts = { error: 0, warning: 0, info: 0 }
  for (const { severity } of diagnostics) counts[severity] += 1
  return counts
}

/** The findings of one gotcha, the most severe first. */
export interface Group {
  readonly gotcha: Gotcha
  readonly diagnostics: readonly Diagnostic[]
}

/** The findings in the order of the gotchas, without those that have none; first what cannot be read, where there is any. */
export function byGotcha(diagnostics: readonly Diagnostic[]): readonly Group[] {
  const sorted = byPlace(diagnostics).toSorted(
    (one, other) => severities.indexOf(one.severity) - severities.indexOf(other.severity),
  )
  const order = sorted.some(isBroken) ? [...new Set<Gotcha>(['syntax', ...gotchas])] : gotchas
  return order
    .map((gotcha) => ({ gotcha, diagnostics: sorted.filter((diagnostic) => diagnostic.gotcha === gotcha) }))
    .filter((group) => group.diagnostics.length > 0)
}

/** Every file that was read or reported, sorted. */
export const filesOf = (report: Report): readonly string[] =>
  [...new Set([...report.read, ...report.diagnostics.map(({ span }) => span.source.path)])].toSorted(compareText)
