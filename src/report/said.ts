import type { Diagnostic } from '../text/diagnostic.ts'
import { placeName } from '../text/source.ts'

/** What a finding says in its first line: the message, and whether it is likely or a preview. */
export const headOf = ({ message, certainty, preview }: Diagnostic): string =>
  `${message}${certainty === 'likely' ? ' (likely)' : ''}${preview ? ' (preview)' : ''}`

/** All that a finding says, as lines of plain text: what is wrong, why that matters, what to do, and the trail. */
export function linesOf(diagnostic: Diagnostic): readonly string[] {
  const { why, remedy, fixes, noFix, related } = diagnostic
  const doing = fixes.length > 0 ? fixes.map(({ title }) => `fix: ${title}`) : remedy === '' ? [] : [`do: ${remedy}`]
  return [
    headOf(diagnostic),
    ...(why === '' ? [] : [`why: ${why}`]),
    ...doing,
    ...(noFix === undefined || fixes.length > 0 ? [] : [`no fix: ${noFix}`]),
    ...related.filter(({ text }) => text !== '').map(({ span, text }) => `${placeName(span)}: ${text}`),
  ]
}
