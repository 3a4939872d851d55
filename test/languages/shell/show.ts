import { parseShell } from '../../../src/languages/shell/parse.ts'
import type { Guard, ShellOptions, ShellScript, SimpleCommand, Word } from '../../../src/languages/shell/types.ts'
import { textOf } from '../../../src/text/source.ts'

/** A script that is all of its file. */
export const script = (text: string, options?: ShellOptions): ShellScript =>
  parseShell({ path: 'entry.sh', text }, 0, text, options)

/** The commands of a script, a line each: its words, then what is not usual of it. */
export const show = (text: string, options?: ShellOptions): readonly string[] =>
  script(text, options).commands.map(showCommand)

/** `mix release · maybe · if [ -f x ]`; a word that is not literal stands in `<…>`. */
export function showCommand(command: SimpleCommand): string {
  const assignments = command.assignments.map(
    ({ name, value, exported, temporary, append }) =>
      `${exported && !temporary ? 'export ' : ''}${name}${append ? '+' : ''}=${value ? showWord(value) : '?'}`,
  )
  const declares = /^(export|local|declare|readonly|typeset)$/.test(command.words[0]?.literal ?? '')
  const words = declares ? [] : command.words.map(showWord)
  const redirects = command.redirects.map(({ operator, descriptor, target }) => {
    return `${descriptor ?? ''}${operator}${target ? showWord(target) : ''}`
  })
  return [
    [...assignments, ...words, ...redirects].join(' '),
    ...(command.runs === 'maybe' ? ['maybe'] : []),
    ...(command.mayFail ? ['may fail'] : []),
    ...command.guards.map(showGuard),
    ...(command.condition ? ['condition'] : []),
    ...(command.substitution ? ['substitution'] : []),
    ...(command.background ? ['background'] : []),
    ...(command.replaces ? ['replaces'] : []),
    ...(command.pipeline ? [`pipe ${command.pipeline.index + 1}/${command.pipeline.length}`] : []),
    ...(command.scope.length > 0 && !command.pipeline ? [`in ${command.scope.join('.')}`] : []),
    ...command.calls.map(({ text }) => text),
  ].join(' · ')
}

export const showWord = (word: Word): string => word.literal ?? `<${word.text}>`

function showGuard(guard: Guard): string {
  const subject = guard.subject ? `${guard.subject.text}=` : ''
  return `${guard.negated ? 'not ' : ''}${guard.kind} ${subject}${guard.kind === 'case' ? textOf(guard.span) : guard.text}`
}
