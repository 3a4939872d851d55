import type { Span } from '../../../text/source.ts'
import type { YamlNode } from '../../yaml/node.ts'
import { complain, type Gathered } from '../problems.ts'
import type { TracedText } from '../service-types.ts'
import { placerOf } from '../specs/place.ts'
import { shellWords } from './shell-words.ts'
import { scalarsOf, toKnown, traced } from './values.ts'

export interface ServiceCommand {
  /** The words; null: nothing is written, and what the image says holds. */
  readonly command: readonly TracedText[] | null
  readonly span: Span | undefined
}

/** A command that is written as a list of words or as a line. */
export function commandOf(gathered: Gathered, node: YamlNode | undefined): ServiceCommand {
  if (node === undefined || node.kind === 'map' || (node.kind === 'scalar' && node.type === 'null'))
    return { command: null, span: undefined }
  if (node.kind === 'list') return { command: scalarsOf(node).map(traced), span: node.span }
  const words = shellWords(node.text)
  if (words === undefined) {
    complain(gathered, node.span, 'this command cannot be split into words: a quote or parenthesis does not close')
    return { command: null, span: node.span }
  }
  const asWritten = node.inner.source.text.slice(node.inner.start, node.inner.end).startsWith(node.text)
  const exact = placerOf(node)
  const place = (start: number, end: number): Span => (asWritten ? exact(start, end) : node.span)
  return {
    command: words.map((word) => ({ value: toKnown(node, word.text), span: place(word.start, word.end) })),
    span: node.span,
  }
}
