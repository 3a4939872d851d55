import type { Edit } from './diagnostic.ts'
import type { Span } from './source.ts'

/**
 * The texts that `edits` leave behind, by path, for the files that they touch. Of two edits that overlap the first in
 * the list wins and the other is dropped; equal edits count once. Insertions take the line endings of their file and
 * stay behind its byte order mark.
 */
export function applyEdits(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const byPath = new Map<string, Edit[]>()
  for (const edit of edits) {
    const kept = byPath.get(edit.span.source.path) ?? []
    if (!kept.some((other) => isSameEdit(other, edit) || collide(other, edit))) kept.push(edit)
    byPath.set(edit.span.source.path, kept)
  }
  return new Map([...byPath].map(([path, kept]) => [path, rewrite(kept)]))
}

/** Whether two edits are one. */
export const isSameEdit = (one: Edit, other: Edit): boolean => isAtOnePlace(one, other) && one.text === other.text

/** Whether two edits that are not the same cannot both be made: they overlap, or both write a new file. */
export function collide(one: Edit, other: Edit): boolean {
  if (one.span.source.path !== other.span.source.path) return false
  if (isAtOnePlace(one, other)) return one.span.start !== one.span.end || one.span.source.text === ''
  return one.span.start < other.span.end && other.span.start < one.span.end
}

function isAtOnePlace({ span: one }: Edit, { span: other }: Edit): boolean {
  return one.source.path === other.source.path && one.start === other.start && one.end === other.end
}

/** The line ending of most lines of a text; undefined where it has none. */
export function lineEndingOf(text: string): '\n' | '\r\n' | undefined {
  const all = text.split('\n').length - 1
  if (all === 0) return undefined
  return (text.split('\r\n').length - 1) * 2 > all ? '\r\n' : '\n'
}

/** `text` with every line ending in `ending`. */
export const withLineEnding = (text: string, ending: '\n' | '\r\n'): string => text.replace(/\r?\n/g, ending)

function rewrite(edits: readonly Edit[]): string {
  const { text = '' } = edits[0]?.span.source ?? {}
  const ending = lineEndingOf(text)
  let result = ''
  let at = 0
  for (const { span, text: insertion } of edits.toSorted(
    (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
  )) {
    const start = startOf(span)
    result += text.slice(at, start) + (ending ? withLineEnding(insertion, ending) : insertion)
    at = Math.max(start, span.end)
  }
  return result + text.slice(at)
}

/** Nothing is written before a byte order mark. */
const startOf = ({ source, start }: Span): number => (start === 0 && source.text.startsWith('\ufeff') ? 1 : start)

/** Where `at` stands in the text that `edits` leave behind: what replaced it, where it was replaced. */
export function afterEdits(at: Span, edits: readonly Edit[]): { readonly start: number; readonly end: number } {
  const ending = lineEndingOf(at.source.text)
  let { start, end } = at
  let before = 0
  let inside = 0
  for (const { span, text } of edits) {
    if (span.source.path !== at.source.path) continue
    const grown = (ending ? withLineEnding(text, ending) : text).length - (span.end - startOf(span))
    if (span.end <= at.start) before += grown
    else if (span.start < at.end) {
      inside += grown
      start = Math.min(start, span.start)
      end = Math.max(end, span.end)
    }
  }
  return { start: start + before, end: Math.max(start + before, end + before + inside) }
}
