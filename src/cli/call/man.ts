import type { Command } from './command.ts'
import type { Flag } from './flags.ts'
import { commonFlags, nameOf, paragraphsOf, summaryOf } from './help.ts'

/** The manual page docker-gotchas(1), in the macros of man(7), from the tables of the commands. */
export const manPage = (commands: readonly Command[], version: string): string =>
  [
    `.TH DOCKER-GOTCHAS 1 "" "docker-gotchas ${version}" "User Commands"`,
    '.SH NAME',
    'docker-gotchas \\- finds what will break a Phoenix release in production, before it is built',
    '.SH SYNOPSIS',
    '.B docker-gotchas',
    '.I COMMAND',
    roff('[FLAGS] [PATH…]'),
    '.SH COMMANDS',
    ...commands.flatMap((command) => [
      `.SS "docker-gotchas ${roff(command.name)}${command.operands === '' ? '' : ` ${roff(command.operands)}`}"`,
      ...paragraphsOf(command.description)
        .flatMap((line) => [roff(line), '.br'])
        .slice(0, -1),
      ...[...command.flags, ...(command.passesOn ? [] : commonFlags)].flatMap(flagOf),
      ...command.examples.flatMap(({ call, does }) => [
        '.PP',
        `${roff(does)}:`,
        '.PP',
        '.nf',
        `    ${roff(call)}`,
        '.fi',
      ]),
    ]),
    '.SH EXIT STATUS',
    '0 clean, 1 findings, 2 the call is wrong, 3 docker-gotchas failed.',
    '.SH FILES',
    '.TP',
    '.I .docker-gotchas.yaml',
    'Settings, in the folder or above it.',
    '',
  ].join('\n')

const flagOf = (flag: Flag): readonly string[] => ['.TP', `.B "${roff(nameOf(flag).trim())}"`, roff(summaryOf(flag))]

/** A text in which no character is one of roff. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll('`', '\\(ga')
    .replaceAll('…', '...')
    .replaceAll('·', '\\(pc')
    .replace(/^[.']/, '\\&$&')
