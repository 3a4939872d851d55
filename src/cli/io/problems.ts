import { resolve } from 'node:path'
import { maskingOf } from '../../masking/masking.ts'
import { paintWith } from '../../report/terminal/colour.ts'
import { frame } from '../../report/terminal/frame.ts'
import { placeOf } from '../../report/terminal/place.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { positionAt } from '../../text/source.ts'
import { type Io, lineEnd, widthOf } from './io.ts'
import { pathFrom } from '../../workspace/folder.ts'

/** Why a file of our own is wrong, each problem with its place and its line. Paths of the problems are relative to `root`. */
export function problemsText(problems: readonly Problem[], root: string, io: Io): string {
  return problems
    .map(({ span, message }) => {
      const source = { path: pathFrom(io.cwd, resolve(root, span.source.path)), text: span.source.text }
      const gutter = String(positionAt(source, span.end).line).length
      const style = { paint: paintWith(false), width: widthOf(io.stderr), gutter }
      const mark = { start: span.start, end: span.end, text: '', primary: true, paint: (text: string) => text }
      const masking = maskingOf({ sources: [source], spans: [] })
      const said = `${placeOf({ ...span, source })}: ${masking.text(message)}`
      return [said, ...frame(source, masking.source(source).text, [mark], style)].join(lineEnd)
    })
    .join(lineEnd)
}
