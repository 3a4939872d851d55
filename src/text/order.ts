import type { Diagnostic } from './diagnostic.ts'
import type { Span } from './source.ts'

/** The order of texts by their UTF-16 units: the same on every machine. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** The order of places: by path, then by offset. */
const comparePlaces = (one: Span, other: Span): number =>
  compareText(one.source.path, other.source.path) || one.start - other.start || one.end - other.end

/** Whether a finding says that a file cannot be read as what it is, so that what stands behind it hides. */
export const isBroken = ({ gotcha, severity }: Diagnostic): boolean => gotcha === 'syntax' && severity !== 'info'

/**
 * The findings by place, then by rule and message: the same for the same findings, however they came. What cannot be read
 * comes first: it has to be mended first.
 */
export function byPlace(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.toSorted(
    (one, other) =>
      Number(isBroken(other)) - Number(isBroken(one)) ||
      comparePlaces(one.span, other.span) ||
      compareText(one.rule, other.rule) ||
      compareText(one.message, other.message),
  )
}
