import type { TracedText } from '../../languages/compose/service-types.ts'
import { readDockerfile, untilDamage } from '../../languages/dockerfile/damage.ts'
import { type Inset, parseInset } from '../../languages/dockerfile/parse.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import { textOf } from '../../text/source.ts'

/**
 * The Dockerfile that a compose file holds under `dockerfile_inline`. Its places are those of the compose file; where
 * that is no block of lines, or Compose puts values into it, only the lines are.
 */
export function inlineDockerfile({ value, span }: TracedText): Dockerfile {
  const { source } = span
  const lines = textOf(span).split('\n')
  // What is not known stands there as it is written.
  const wanted = value.kind === 'known' ? value.value.split('\n') : undefined
  const inset = insetOf(lines, wanted, span.start)
  if (inset) return untilDamage(parseInset(source, inset))
  const above = source.text.slice(0, span.start).replace(/[^\n]+/g, '')
  return readDockerfile({ path: source.path, text: above + (value.kind === 'known' ? value.value : textOf(span)) })
}

/** The lines of a block without what indents them; undefined where they are not `wanted`. */
function insetOf(lines: readonly string[], wanted: readonly string[] | undefined, start: number): Inset | undefined {
  const full = lines.filter((line) => line.trim() !== '')
  const first = full[0] ?? ''
  const indent = wanted
    ? first.trimEnd().length - unescaped(wanted.find((line) => line.trim() !== ''))
    : indentOf(first)
  if (indent < 0 || !full.every((line) => indentOf(line) >= indent)) return undefined
  let text = ' '.repeat(start)
  for (const [index, line] of lines.entries()) {
    const inner = line.slice(indent).replace(/(?<!\r)\r+$/, '')
    const read = inner.replaceAll('$$', '$')
    if (wanted && read.trimEnd() !== (wanted[index] ?? '').trimEnd()) return undefined
    // What a line is shorter than in the file goes before its line break, so that every line begins where it does there.
    const missing = line.length - read.length
    text +=
      index === 0
        ? ' '.repeat(indent) + read + '\r'.repeat(missing - indent)
        : `${'\r'.repeat(Math.min(indent, line.length))}\n${read}${'\r'.repeat(missing - Math.min(indent, line.length))}`
  }
  return { text, start: start + indent }
}

const indentOf = (line: string) => /^ */.exec(line)?.[0].length ?? 0

/** How long a line is where Compose finds `$$` for each `$`. */
const unescaped = (line = '') => line.trimEnd().replaceAll('$', '$$$$').length
