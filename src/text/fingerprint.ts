import { createHash } from 'node:crypto'
import type { Diagnostic } from './diagnostic.ts'
import { byPlace } from './order.ts'
import { positionAt, type Source, startsOfLines } from './source.ts'

/**
 * A name for each finding that stays the same when lines move: a digest of the rule, the file as `pathOf` calls it, the
 * text of the line (blanks ignored) and, of findings that are alike, the number. The sources are masked: secrets are no part of it, so that
 * nobody can try out what they might be; nor are the values of lines that look like an env file's.
 */
export function fingerprints(
  diagnostics: readonly Diagnostic[],
  pathOf: (path: string) => string = (path) => path,
): ReadonlyMap<Diagnostic, string> {
  const seen = new Map<string, number>()
  const prints = new Map<Diagnostic, string>()
  for (const diagnostic of byPlace(diagnostics)) {
    const { source, start } = diagnostic.span
    const key = JSON.stringify([diagnostic.rule, pathOf(source.path), lineOf(source, start)])
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    const own = createHash('sha256').update(`${key}#${count}`).digest('hex').slice(0, 32)
    prints.set(diagnostic, diagnostic.fingerprint ?? own)
  }
  return prints
}

const longestLine = 2000

/** The line at `start` of a source with masked secrets, without them and without blanks that do not matter. */
function lineOf(source: Source, start: number): string {
  const { text } = source
  const starts = startsOfLines(source)
  const { line } = positionAt(source, start)
  return text
    .slice(starts[line - 1], Math.min(starts[line] ?? text.length, (starts[line - 1] ?? 0) + longestLine))
    .replace(/[^·]{0,3}·+/g, '·')
    .trim()
    .replace(/^((?:export\s+)?[\w.-]+\s*=).*/s, '$1')
    .replace(/\s+/g, ' ')
}
