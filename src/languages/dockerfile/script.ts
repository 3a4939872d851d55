import type { Omission, ShellForm } from './parts.ts'

/**
 * The text of `command.script` with the same length, in which what Docker takes out is blanked by spaces, so that an
 * offset in it plus `script.start` is an offset in the file. Between two halves of a word a continuation stays, as the
 * shell's own backslash and line feed. Carriage returns are blanks.
 */
export function scriptText(command: ShellForm): string {
  const { source, start, end } = command.script
  const parts: string[] = []
  let at = start
  for (const gap of command.omitted) {
    parts.push(source.text.slice(at, gap.start).replaceAll('\r', ' '), blanksOf(gap))
    at = gap.end
  }
  parts.push(source.text.slice(at, end).replaceAll('\r', ' '))
  return parts.join('')
}

function blanksOf(gap: Omission): string {
  const length = gap.end - gap.start
  return gap.joinsWord && length % 2 === 0 ? '\\\n'.repeat(length / 2) : ' '.repeat(length)
}
