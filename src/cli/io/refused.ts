import type { Shown } from '../../masking/shown.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { positionAt } from '../../text/source.ts'
import type { Wrong } from '../../workspace/result.ts'
import { type ExitCode, exit } from './exit.ts'
import { callIsWrong, type Io, lineEnd, remark, widthOf } from './io.ts'

/** Says why something cannot be had, and gives the exit code. */
export async function refused(wrong: Wrong, io: Io, command: string): Promise<ExitCode> {
  if (wrong.cause === 'call') return callIsWrong(io, await wrongText(wrong, io), command)
  remark(io, wrong.message)
  return exit.failure
}

/** Why something cannot be had; of files of ours each problem with its place and its line. */
export async function wrongText({ message, problems }: Wrong, io: Io): Promise<string> {
  return problems === undefined ? message : problemsText(problems, io)
}

async function problemsText(problems: readonly Shown<Problem>[], io: Io): Promise<string> {
  const [{ paintWith }, { frame }, { placeOf }] = await Promise.all([
    import('../../report/terminal/colour.ts'),
    import('../../report/terminal/frame.ts'),
    import('../../report/terminal/place.ts'),
  ])
  return problems
    .map(({ span, message }) => {
      const { source, start, end } = span
      const gutter = String(positionAt(source, end).line).length
      const style = { paint: paintWith(false), width: widthOf(io.stderr), gutter }
      const mark = { start, end, text: '', primary: true, paint: (text: string) => text }
      return [`${placeOf(span)}: ${message}`, ...frame(source, source.text, [mark], style)].join(lineEnd)
    })
    .join(lineEnd)
}
