import { wrap } from '../../report/terminal/wrap.ts'
import type { Command } from './command.ts'
import type { Flag } from './flags.ts'

/** Flags that every command has. */
export const commonFlags: readonly Flag[] = [
  { name: 'help', short: 'h', summary: 'print this' },
  { name: 'version', short: 'V', summary: 'print the version' },
  { name: 'no-color', summary: 'print without colours' },
]

const widest = 120

/** Pairs in two columns, of which the right one is broken at the width of a terminal. */
const rows = (pairs: readonly (readonly [string, string])[]): readonly string[] => {
  const left = Math.max(...pairs.map(([name]) => name.length))
  const room = Math.max(40, widest - left - 4)
  return pairs.flatMap(([name, text]) =>
    wrap(text, room).map((line, index) => `  ${(index === 0 ? name : '').padEnd(left)}  ${line}`),
  )
}

/** Help of the tool, on one screen: what it is and its commands. */
export const helpOf = (commands: readonly Command[]): string =>
  [
    'docker-gotchas finds what will break a Phoenix release in production, before it is built.',
    '',
    'Usage: docker-gotchas COMMAND [FLAGS] [PATH…]',
    '',
    'Commands:',
    ...rows([...commands.map(({ name, summary }) => [name, summary] as const), ['help', 'say more about a command']]),
    '',
    'Begin with `docker-gotchas lint` in the folder of a project; `COMMAND --help` lists flags and examples.',
    'Exit codes: 0 clean · 1 findings · 2 the call is wrong · 3 docker-gotchas failed',
    '',
  ].join('\n')

/** Help of one command, from its table of flags. */
export const helpOfCommand = (command: Command): string =>
  [
    `${command.summary}`,
    '',
    `Usage: docker-gotchas ${[command.name, '[FLAGS]', command.operands].filter((part) => part !== '').join(' ')}`,
    '',
    ...command.description,
    '',
    'Flags:',
    ...rows([...command.flags, ...commonFlags].map((flag) => [nameOf(flag), summaryOf(flag)])),
    '',
    'Examples:',
    ...rows(command.examples.map(({ call, does }) => [call, does])),
    '',
  ].join('\n')

/** `-o, --output FILE`. */
export const nameOf = ({ name, short, value }: Flag): string =>
  `${short === undefined ? '    ' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`

/** What a flag does, and what it may be. */
export function summaryOf({ summary, choices, many, fallback }: Flag): string {
  const parts = [summary]
  if (choices !== undefined) parts.push(`: ${choices.join(', ')}`)
  if (fallback !== undefined) parts.push(` (default: ${fallback})`)
  if (many) parts.push(' (may be repeated)')
  return parts.join('')
}
