import type { Command } from '../call/command.ts'
import type { Flag } from '../call/flags.ts'
import { flagsOf, operandsOf, valuesOf } from './words.ts'

/** The completions for fish: a line a command, a flag and a word. */
export function fishCompletions(commands: readonly Command[], ids: readonly string[]): string {
  const names = [...commands.map(({ name }) => name), 'help']
  const first = `-n '__fish_use_subcommand'`
  return [
    '# Completions of docker-gotchas for fish.',
    ...commands.map(({ name, summary }) => `complete -c docker-gotchas -f ${first} -a ${name} -d ${text(summary)}`),
    `complete -c docker-gotchas -f ${first} -a help -d 'say more about a command'`,
    ...commands.flatMap((command) => {
      const here = `complete -c docker-gotchas -n '__fish_seen_subcommand_from ${command.name}'`
      const words = operandsOf(command, ids)
      return [
        ...flagsOf(command).map((flag) => `${here} ${flagOf(flag, ids)}`),
        ...(words.length > 0 ? [`${here} -f -a '${words.join(' ')}'`] : []),
      ]
    }),
    `complete -c docker-gotchas -n '__fish_seen_subcommand_from help' -f -a '${names.join(' ')}'`,
    '',
  ].join('\n')
}

function flagOf(flag: Flag, ids: readonly string[]): string {
  const { name, short, value, summary } = flag
  const given = valuesOf(flag, ids)
  const takes =
    value === undefined ? '' : given === 'file' ? '-rF ' : given === 'any' ? '-x ' : `-xa '${given.words.join(' ')}' `
  return `-l ${name} ${short === undefined ? '' : `-s ${short} `}${takes}-d ${text(summary)}`
}

/** A text between single quotes of fish, in which a backslash escapes. */
const text = (said: string): string => `'${said.replace(/[\\']/g, '\\$&')}'`
