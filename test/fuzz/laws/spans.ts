import type { Source, Span } from '../../../src/text/source.ts'

const isSource = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && 'path' in value && 'text' in value && typeof value.text === 'string'

const isSpan = (value: object): value is Span =>
  'source' in value && 'start' in value && 'end' in value && isSource(value.source)

/** What is wrong with the place: it must be a range of whole numbers inside its text. */
function flawOf({ source, start, end }: Span): string | undefined {
  const ok = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= source.text.length
  return ok ? undefined : `${source.path} has no place ${start}-${end}: it is ${source.text.length} long`
}

/** Throws where a place in `value`, however deep, does not lie in its text, or where its text is not `allowed`. */
export function checkSpans(value: unknown, allowed: (source: Source) => boolean = () => true): void {
  const seen = new Set<object>()
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    if (typeof next !== 'object' || next === null || seen.has(next) || isSource(next)) continue
    seen.add(next)
    if (isSpan(next)) {
      const flaw = flawOf(next) ?? (allowed(next.source) ? undefined : `${next.source.path} is a text of no file`)
      if (flaw) throw new Error(flaw)
    }
    if (next instanceof Map || next instanceof Set) open.push(...next.entries())
    else open.push(...Object.values(next))
  }
}
