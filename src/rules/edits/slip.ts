import type { Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { exactly, partInstead } from './literal.ts'

/** The fix that writes the name that was most likely meant in place of one that nobody knows; none where nothing is near. */
export function meantInstead(at: Span, name: string, near: string | undefined): readonly Fix[] {
  const edit = near && partInstead(at, new RegExp(`(?<!\\w)${exactly(name).source}(?![\\w?!])`), near)
  return edit ? [{ title: `Write \`${near}\``, safety: 'unsafe', edits: [edit] }] : []
}
