import { createHash } from 'node:crypto'
import type { Diagnostic } from '../text/diagnostic.ts'
import { maskSecrets } from '../text/mask.ts'
import { positionAt, startsOfLines } from '../text/source.ts'
import { byPlace } from './order.ts'
import type { Report } from './report.ts'

/**
 * A name for each finding that stays the same when lines move: a digest of the rule, the file, the text of the line
 * (secrets masked, blanks ignored) and, of findings that are alike, the number.
 */
export function fingerprints(report: Report): ReadonlyMap<Diagnostic, string> {
  const seen = new Map<string, number>()
  const texts = new Map<string, string>()
  const prints = new Map<Diagnostic, string>()
  for (const diagnostic of byPlace(report.diagnostics)) {
    const { source, start } = diagnostic.span
    const text = texts.get(source.path) ?? maskSecrets(source, report.secrets)
    texts.set(source.path, text)
    const starts = startsOfLines(source)
    const { line } = positionAt(source, start)
    const words = text
      .slice(starts[line - 1], starts[line])
      .trim()
      .replace(/\s+/g, ' ')
    const key = JSON.stringify([diagnostic.rule, source.path, words])
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    prints.set(diagnostic, createHash('sha256').update(`${key}#${count}`).digest('hex').slice(0, 32))
  }
  return prints
}
