import { showValue } from '../../masking/environment.ts'
import type { Masking } from '../../masking/masking.ts'
import { positionAt, type Span } from '../../text/source.ts'
import { visible } from '../terminal/cells.ts'
import type { GraphPlace } from './graph.ts'

/** How texts of the project become texts of a graph, which can be shown. */
export interface Words {
  /** A text that was put together here: one line, without secrets. */
  readonly said: (text: string) => string
  /** What stands at a place, on one line and without secrets. */
  readonly written: (at: Span) => string
  /** The value of a variable, without what is secret in it. */
  readonly value: (name: string, value: string) => string
  readonly place: (at: Span) => GraphPlace
  /** The path of a source as the user reads it. */
  readonly path: (path: string) => string
}

const longest = 600

/** The words under a masking; `shown` makes of the path of a source the one that the user reads. */
export function wordsOf(masking: Masking, shown: (path: string) => string): Words {
  const paths = new Map<string, string>()
  const path = (from: string): string => {
    const known = paths.get(from) ?? visible(shown(from))
    paths.set(from, known)
    return known
  }
  return {
    path,
    said: (text) => oneLine(masking.text(text)),
    written: ({ source, start, end }) => oneLine(withoutComments(masking.source(source).text.slice(start, end))),
    value: (name, value) => oneLine(showValue(name, value, masking)),
    place: ({ source, start }) => ({ file: path(source.path), line: positionAt(source, start).line }),
  }
}

const withoutComments = (text: string): string =>
  text.includes('\n') ? text.replace(/\n[\t ]*#[^\n]*/g, '\n').replace(/[\\`][\t ]*\r?\n/g, ' ') : text

function oneLine(text: string): string {
  const line = visible(
    text
      .slice(0, longest * 2)
      .replace(/\s+/g, ' ')
      .trim(),
  )
  return line.length > longest ? `${line.slice(0, longest).replace(/[\ud800-\udbff]$/, '')}…` : line
}
