import type { Problem } from './diagnostic.ts'
import type { Unknown } from './known.ts'
import { placeName, type Source, span } from './source.ts'

/** The lines that Git leaves behind where a merge could not be made (git merge, "How conflicts are presented"). */
const marker = /^(?:<{7}|\|{7}|>{7})(?:[ \t].*)?\r?$/m

/** Where a text breaks off for every language: at what could not be decoded, or at the marks of a merge conflict. */
export function breakIn(source: Source): Problem | undefined {
  const { text, rest } = source
  if (rest !== undefined) return { span: span(source, text.length, text.length), message: rest }
  const found = /[<|>]{7}/.test(text) ? marker.exec(text) : null
  if (!found) return undefined
  const { index, 0: line } = found
  const message = `this is the mark of a merge conflict: \`${line.trim().slice(0, 40)}\``
  return { span: span(source, index, index + line.trimEnd().length), message }
}

/** What is said of all that stands behind the place at which a file can no longer be read. */
export const unreadFrom = ({ span: at }: Problem): string =>
  `\`${at.source.path}\` cannot be read from line ${lineOf(at)} on`

const lineOf = (at: Problem['span']) => placeName(at).slice(at.source.path.length + 1)

/** A variable that a file may give which cannot be read: for all we know it is set, and to what is wanted. */
export const hidden = (damage: Problem): Unknown => ({
  kind: 'unknown',
  why: unreadFrom(damage),
  trail: [{ span: damage.span, text: 'nothing is known from here on' }],
  isSet: true,
})
