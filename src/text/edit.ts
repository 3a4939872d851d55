import type { Edit } from './diagnostic.ts'
import type { Source } from './source.ts'

/**
 * The texts that `edits` leave behind, by path, for the sources that they touch. Of two edits that overlap the first
 * in the list wins and the other is dropped; equal edits count once.
 */
export function applyEdits(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const bySource = new Map<Source, Edit[]>()
  for (const edit of edits) {
    const kept = bySource.get(edit.span.source) ?? []
    if (!kept.some((other) => collide(other, edit))) kept.push(edit)
    bySource.set(edit.span.source, kept)
  }
  return new Map([...bySource].map(([source, kept]) => [source.path, rewrite(source.text, kept)]))
}

function collide(one: Edit, other: Edit): boolean {
  if (one.span.start === other.span.start && one.span.end === other.span.end)
    return one.span.start !== one.span.end || one.text === other.text
  return one.span.start < other.span.end && other.span.start < one.span.end
}

function rewrite(text: string, edits: readonly Edit[]): string {
  let result = ''
  let at = 0
  for (const { span, text: insertion } of edits.toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  )) {
    result += text.slice(at, span.start) + insertion
    at = span.end
  }
  return result + text.slice(at)
}
