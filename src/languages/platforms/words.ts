import { known } from '../../text/known.ts'
import { shellWords } from '../compose/service/shell-words.ts'
import { traced } from '../compose/service/values.ts'
import type { NamedText, TracedText } from '../compose/service-types.ts'
import { placerOf } from '../compose/specs/place.ts'
import type { ScalarNode, YamlNode } from '../yaml/node.ts'

/** The words of a command that is written as a list, or as a line that is split as a shell does it; undefined where nothing is written. */
export function wordsOf(node: YamlNode | undefined): readonly TracedText[] | undefined {
  if (node?.kind === 'list') return node.items.flatMap((item) => (item.kind === 'scalar' ? [traced(item)] : []))
  return node?.kind === 'scalar' && node.text.trim() !== '' ? wordsOfLine(node) : undefined
}

function wordsOfLine(node: ScalarNode): readonly TracedText[] {
  const words = shellWords(node.text)
  if (words === undefined) return [traced(node)]
  const { source, start, end } = node.inner
  const isPlain = source.text.slice(start, end).startsWith(node.text)
  const place = placerOf(node)
  return words.map((word) => ({
    value: known(word.text),
    span: isPlain ? place(word.start, word.end) : node.span,
  }))
}

/** A line that a shell reads. One command without more stands for itself: platforms send their signals to all processes. */
export function inShell(node: ScalarNode): readonly TracedText[] {
  if (!/[;&|<>$`()]/.test(node.text)) return wordsOf(node) ?? []
  return [...['/bin/sh', '-c'].map((word) => ({ value: known(word), span: node.span })), traced(node)]
}

/** A variable whose name and value stand apart. */
export const literalOf = (key: ScalarNode, value: ScalarNode): NamedText => ({
  name: key.text,
  nameSpan: key.span,
  span: value.span,
  value: known(value.text, [{ span: value.span, text: `\`${key.text}\` is set here` }]),
})
