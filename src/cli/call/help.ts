import { wrap } from '../../report/terminal/wrap.ts'
import type { Command } from './command.ts'
import type { Flag } from './flags.ts'

/** Flags that every command has. */
export const commonFlags: readonly Flag[] = [
  { name: 'help', short: 'h', summary: 'print this' },
  { name: 'version', short: 'v', summary: 'print the version' },
  { name: 'no-color', summary: 'print without colours' },
]

const widest = 120

/** Pairs in two columns, of which the right one is broken at the width of a terminal. */
const rows = (pairs: readonly (readonly [string, string])[], width: number): readonly string[] => {
  const left = Math.max(...pairs.map(([name]) => name.length))
  const room = Math.max(32, Math.min(widest, width) - left - 4)
  return pairs.flatMap(([name, text]) =>
    wrap(text, room).map((line, index) => `  ${(index === 0 ? name : '').padEnd(left)}  ${line}`.trimEnd()),
  )
}

/** Help of the tool, on one screen of 80 by 24: what it is and its commands. */
export const helpOf = (commands: readonly Command[]): string =>
  [
    'Finds what will break a Phoenix release in production, before it is built.',
    'Usage: docker-gotchas COMMAND [FLAGS] [PATH…]',
    '',
    ...rows(
      [...commands.map(({ name, summary }) => [name, summary] as const), ['help', 'say more about a command']],
      80,
    ),
    '',
    'Begin with `docker-gotchas lint` in a project; COMMAND --help has its flags.',
    'Exit codes: 0 clean · 1 findings · 2 the call is wrong · 3 docker-gotchas failed',
    '',
  ].join('\n')

/** Help of one command, from its table of flags, for a terminal of `width` columns. */
export const helpOfCommand = (command: Command, width: number): string =>
  [
    command.summary,
    '',
    `Usage: docker-gotchas ${[command.name, command.passesOn ? '' : '[FLAGS]', command.operands].filter((part) => part !== '').join(' ')}`,
    '',
    ...paragraphsOf(command.description).flatMap((text) => wrap(text, Math.min(widest, width))),
    '',
    'Flags:',
    ...rows(
      [...command.flags, ...commonFlags].map((flag) => [nameOf(flag), summaryOf(flag)]),
      width,
    ),
    '',
    'Examples:',
    ...examplesOf(command, width),
    '',
  ].join('\n')

/** Calls and what they do, side by side where there is room for that. */
function examplesOf({ examples }: Command, width: number): readonly string[] {
  const pairs = examples.map(({ call, does }) => [call, does] as const)
  const longest = Math.max(...pairs.map(([call]) => call.length))
  return longest + leastBeside <= width
    ? rows(pairs, width)
    : pairs.flatMap(([call, does]) => [`  ${call}`, ...wrap(does, width - 6).map((line) => `      ${line}`)])
}

/** The columns beside an example that a sentence needs. */
const leastBeside = 36

/** A line of a description that is longer goes on in the next one, unless a sentence ends there. */
const broken = 95

/** The paragraphs of a description, however its lines are broken in the source. */
export function paragraphsOf(lines: readonly string[]): readonly string[] {
  const goesOn = (line: string, index: number) =>
    index < lines.length - 1 && line.length > broken && !/[.:]$/.test(line)
  return lines
    .map((line, index) => line + (goesOn(line, index) ? ' ' : '\n'))
    .join('')
    .trimEnd()
    .split('\n')
}

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
