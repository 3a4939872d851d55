import { posix } from 'node:path'
import { scriptText } from '../../languages/dockerfile/script.ts'
import type { CommandLine } from '../../languages/dockerfile/types.ts'
import { parseShell } from '../../languages/shell/parse.ts'
import { interpreterOf, isShell, optionsOf } from '../../languages/shell/shebang.ts'
import type { Arg } from './arg.ts'
import { follow } from './follow.ts'
import { type Frame, step } from './frame.ts'
import { runScript } from './run.ts'

/** Executes the command line of RUN, CMD, ENTRYPOINT or HEALTHCHECK under `shell` in `frame`; `more` follows an exec form. */
export function runCommandLine(
  command: CommandLine,
  shell: readonly string[] | undefined,
  frame: Frame,
  more: readonly Arg[] = [],
): void {
  if (command.form === 'exec') {
    const argv = command.argv.map((word): Arg => ({ text: word.text, span: word.span }))
    follow([...argv, ...more], frame, command.span)
    return
  }
  const [interpreter = '', ...flags] = command.interpreter ? interpreterOf(command.interpreter.text) : (shell ?? ['sh'])
  if (isShell(interpreter)) {
    const { source, start } = command.script
    const process = { shell: posix.basename(interpreter), span: command.span, file: undefined }
    runScript(parseShell(source, start, scriptText(command), optionsOf(flags)), { ...frame, process })
  } else {
    step(
      frame,
      { kind: 'unknown', text: interpreter, why: `\`${interpreter}\` is no shell that is read here` },
      command.span,
    )
  }
}
