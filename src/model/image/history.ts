import type { ImageConfig } from '../../files/image/types.ts'
import { type Source, type Span, span, startsOfLines, textOf } from '../../text/source.ts'
import { usualPuts, writtenIn } from '../secrets/written.ts'

/** The path under which the history of an image is shown. */
const historyPath = 'image history'

/** The history of an image, a line for each step, the oldest first. */
export const historySource = ({ history }: ImageConfig): Source => ({
  path: historyPath,
  text: history.map(({ createdBy }) => `${createdBy.replace(/(?<!\s)\s*[\r\n]\s*/g, ' ').trim()}\n`).join(''),
})

/** A secret that the history keeps. */
export interface HistorySecret {
  readonly name: string
  /** What a sentence calls it. */
  readonly what: string
  readonly value: Span
  /** `ARG`: the value of a build argument that a RUN was given. */
  readonly by: 'ARG' | 'RUN' | 'ENV'
}

/** The secrets in the lines of a history. */
export function secretsOfHistory(history: Source): readonly HistorySecret[] {
  return startsOfLines(history).flatMap((start, index, starts) => {
    const line = span(history, start, (starts[index + 1] ?? history.text.length + 1) - 1)
    const text = textOf(line)
    const by = /^(\/bin\/sh -c #\(nop\)\s+)?(ENV|LABEL)\b/.test(text) ? 'ENV' : argsEnd(text) > 0 ? 'ARG' : 'RUN'
    return writtenIn(line, usualPuts(line)).map(({ name, what, value }) => ({
      name,
      what,
      value,
      by: by === 'ARG' && value.start - line.start >= argsEnd(text) ? 'RUN' : by,
    }))
  })
}

/** Where the build arguments of `|2 A=b C=d /bin/sh -c …`, or of `ARG A=b`, end; 0 where the line has none. */
function argsEnd(text: string): number {
  const legacy = /^(\/bin\/sh -c #\(nop\)\s+)?ARG\s/.exec(text)
  if (legacy) return text.length
  const found = /^(RUN\s+)?\|\d+\s/.exec(text)
  if (!found) return 0
  const shell = text.search(/\s\/(usr\/)?bin\/\w*sh\s+-\w*c\b/)
  return shell < 0 ? text.length : shell
}
