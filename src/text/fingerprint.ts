import { createHash } from 'node:crypto'
import type { Diagnostic } from './diagnostic.ts'
import { maskSecrets } from './mask.ts'
import { byPlace } from './order.ts'
import { positionAt, type Source, type Span, startsOfLines } from './source.ts'

/**
 * A name for each finding that stays the same when lines move: a digest of the rule, the file as `pathOf` calls it, the
 * text of the line (blanks ignored) and, of findings that are alike, the number. Secrets are no part of it, so that
 * nobody can try out what they might be; nor are the values of lines that look like an env file's.
 */
export function fingerprints(
  { diagnostics, secrets }: { readonly diagnostics: readonly Diagnostic[]; readonly secrets: readonly Span[] },
  pathOf: (path: string) => string = (path) => path,
): ReadonlyMap<Diagnostic, string> {
  const seen = new Map<string, number>()
  const texts = new Map<string, string>()
  const prints = new Map<Diagnostic, string>()
  for (const diagnostic of byPlace(diagnostics)) {
    const { source, start } = diagnostic.span
    const text = texts.get(source.path) ?? maskSecrets(source, secrets)
    texts.set(source.path, text)
    const key = JSON.stringify([diagnostic.rule, pathOf(source.path), lineOf(source, text, start)])
    const count = seen.get(key) ?? 0
    seen.set(key, count + 1)
    prints.set(diagnostic, createHash('sha256').update(`${key}#${count}`).digest('hex').slice(0, 32))
  }
  return prints
}

const longestLine = 2000

/** The line at `start` of a text with masked secrets, without them and without blanks that do not matter. */
function lineOf(source: Source, text: string, start: number): string {
  const starts = startsOfLines(source)
  const { line } = positionAt(source, start)
  return text
    .slice(starts[line - 1], Math.min(starts[line] ?? text.length, (starts[line - 1] ?? 0) + longestLine))
    .replace(/[^·]{0,3}·+/g, '·')
    .trim()
    .replace(/^((?:export\s+)?[\w.-]+\s*=).*/s, '$1')
    .replace(/\s+/g, ' ')
}
