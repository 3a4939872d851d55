import type { Shown } from '../masking/shown.ts'
import type { StackEnvironment } from '../model/env/variable.ts'
import type { EnvOptions } from '../report/env/env.ts'
import { type Wrong, wrong } from '../workspace/result.ts'
import type { ReadStack } from '../workspace/stack/read.ts'
import type { StackOptions, Subject } from '../workspace/stack/subject.ts'
import type { Command } from './call/command.ts'
import { composeFlags } from './call/compose-flags.ts'
import type { Call, Flag } from './call/flags.ts'
import { settingsFlags } from './call/settings-flags.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { hasColour, type Io, lineEnd, widthOf } from './io/io.ts'
import { refused, wrongText } from './io/refused.ts'

const formats = ['tty', 'json', 'dotenv'] as const

const flags: readonly Flag[] = [
  { name: 'format', value: 'FORMAT', choices: formats, fallback: 'tty', summary: 'how to print' },
  { name: 'show-secrets', summary: 'print secrets as they are' },
  { name: 'from-environment', summary: "take this shell's variables, as Compose would" },
  { name: 'diff', value: 'OTHER', summary: 'compare with another env file, service, compose file or folder' },
  ...composeFlags,
  ...settingsFlags,
]

/** Shows what each service really gets, variable by variable. */
export const env: Command = {
  name: 'env',
  summary: 'show what each service really gets, and where it comes from',
  operands: '[PATH] [SERVICE…]',
  description: [
    'PATH is a folder (default: .), a compose file, a Dockerfile or an env file. A word that is both a service and a',
    'folder is the service; write ./word for the folder.',
    'Merged in this order: ENV of the image, `env_file`, `environment`, what the start script and rel/env.sh.eex add.',
    'Without --from-environment the shell of Compose is not known, so that a run gives the same everywhere: what only',
    'the shell can give is unknown, and in the `environment` of JSON it is what Compose makes of an empty shell.',
    'With --diff, -f counts for the left side; the other flags count for both.',
    'Exit codes: 0 clean · 1 Compose or the app would stop, or with --diff one side lacks a variable ·',
    '2 the call is wrong · 3 docker-gotchas failed',
  ],
  flags,
  examples: [
    { call: 'docker-gotchas env', does: 'show what the services in this folder get' },
    { call: 'docker-gotchas env web', does: 'show one service' },
    { call: 'docker-gotchas env -f compose.yaml -f compose.prod.yaml --env-file prod.env', does: 'show a stack' },
    { call: 'docker-gotchas env .env.staging --diff .env.prod', does: 'show what only one of two files has' },
    { call: 'docker-gotchas env web --format dotenv --show-secrets', does: 'print an env file' },
  ],
  run: runEnv,
}

async function runEnv(call: Call, io: Io): Promise<ExitCode> {
  const [
    { openOptionsOf },
    { folderOf, stackOptions, subjectOf },
    { readSubject, servicesIn, shellOf },
    { doorOfStacks },
  ] = await Promise.all([
    import('./call/options.ts'),
    import('../workspace/stack/subject.ts'),
    import('../workspace/stack/read.ts'),
    import('../workspace/stack/door.ts'),
  ])
  const fail = async (wrong: Wrong): Promise<ExitCode> => {
    if (call.one('format') === 'json') io.stdout.write(await failedJson(await wrongText(wrong, io)))
    return refused(wrong, io, 'env')
  }
  if (call.has('diff') && call.one('format') === 'dotenv') return fail(wrong('`--diff` cannot be printed as `dotenv`'))
  const options = openOptionsOf(call, io)
  if (options.kind === 'wrong') return fail(options)
  const door = doorOfStacks(call.operands, call.all('diff'), options.value, io)
  const given = stackOptions(options.value, io.cwd, folderOf(call.operands, io.cwd, door), door)
  if (given.kind === 'wrong') return fail(given)
  const services = await servicesWhereAsked(call, given.value, io, (folder, flags) =>
    servicesIn(folder, flags, io, door),
  )
  const isService = (name: string) => services.includes(name)
  const subject = subjectOf(call.operands, io.cwd, given.value, isService, door)
  if (subject.kind === 'wrong') return fail(subject)
  const shell = call.has('from-environment') ? shellOf(io) : undefined
  const left = await readSubject(subject.value, given.value, shell, io, door)
  if (left.kind === 'wrong') return fail(left)
  const other = call.one('diff')
  if (other === undefined) return printStack(left.value, call, io)

  const opposite = subjectOf([other], io.cwd, { ...given.value, files: [] }, isService, door)
  if (opposite.kind === 'wrong') return fail(opposite)
  const asked = sameStack(opposite.value, subject.value)
  const files = asked.kind === 'stack' ? asked.files : []
  const right = await readSubject(asked, { ...given.value, files }, shell, io, door)
  if (right.kind === 'wrong') return fail(right)
  return printComparison(left.value, right.value, call, io, fail)
}

/** The services of the stack, where a word of the call may be one. */
async function servicesWhereAsked(
  call: Call,
  given: StackOptions,
  io: Io,
  servicesIn: (folder: string, flags: StackOptions) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const words = [call.operands[0], call.one('diff')]
  return words.some((word) => word !== undefined && /^[\w-]+$/.test(word)) ? servicesIn(io.cwd, given) : []
}

/** A lone service on the right side is one of the stack on the left. */
function sameStack(other: Subject, left: Subject): Subject {
  if (other.kind !== 'stack' || other.services.length === 0 || left.kind !== 'stack') return other
  return { ...left, services: other.services }
}

async function optionsOf(io: Io): Promise<EnvOptions> {
  const { pathFrom } = await import('../workspace/paths.ts')
  return {
    colour: hasColour(io.env, io.stdout),
    width: widthOf(io.stdout),
    shown: (path) => pathFrom(io.cwd, path) || '.',
  }
}

async function printStack(stack: ReadStack, call: Call, io: Io): Promise<ExitCode> {
  const options = await optionsOf(io)
  const { showStack } = await import('../masking/environment.ts')
  const shown = showStack(stack, call.has('show-secrets'))
  io.stdout.write((await printerOf(call.one('format')))(shown, options))
  if (call.one('format') === 'dotenv') await sayErrors(shown, options, io)
  if (stack.unreadable) return exit.failure
  return stack.errors.length > 0 ? exit.findings : exit.clean
}

async function printerOf(format: string | undefined) {
  if (format === 'json') return (await import('../report/env/json.ts')).envJson
  if (format === 'dotenv') return (await import('../report/env/dotenv.ts')).envDotenv
  return (await import('../report/env/tty.ts')).envTty
}

/** What is no part of an env file goes to the standard error. */
async function sayErrors(shown: Shown<StackEnvironment>, options: EnvOptions, io: Io): Promise<void> {
  const { errorLines } = await import('../report/env/tty.ts')
  io.stderr.write(errorLines(shown, options))
}

async function printComparison(
  left: ReadStack,
  right: ReadStack,
  call: Call,
  io: Io,
  fail: (wrong: Wrong) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { compareEnvironments, compareStacks, pairOf } = await import('../model/env/compare.ts')
  const pair = pairOf(left.containers, right.containers)
  if (pair === undefined) return fail(wrong('name the service that is to be compared'))
  const comparisons =
    pair === 'stacks' ? compareStacks(left.containers, right.containers) : [compareEnvironments(...pair)]
  const compared = {
    comparisons,
    errors: [...left.errors, ...right.errors],
    notes: [...new Set([...left.notes, ...right.notes])],
  }
  const print =
    call.one('format') === 'json'
      ? (await import('../report/env/json.ts')).compareJson
      : (await import('../report/env/diff.ts')).compareTty
  const { showComparison } = await import('../masking/environment.ts')
  io.stdout.write(print(showComparison(compared, call.has('show-secrets')), await optionsOf(io)))
  if (left.unreadable || right.unreadable) return exit.failure
  const lacks = comparisons.some(({ variables }) =>
    variables.some(({ difference }) => difference === 'left' || difference === 'right'),
  )
  return lacks || compared.errors.length > 0 ? exit.findings : exit.clean
}

/** A program that reads JSON is told in JSON as well why there is nothing to read. */
async function failedJson(message: string): Promise<string> {
  const [{ envJson }, { showStack }] = await Promise.all([
    import('../report/env/json.ts'),
    import('../masking/environment.ts'),
  ])
  const span = { source: { path: '', text: '' }, start: 0, end: 0 }
  const nothing = { containers: [], errors: [{ span, message: message.replaceAll(lineEnd, '\n') }], notes: [] }
  return envJson(showStack(nothing, false), { colour: false, width: 0, shown: (path) => path })
}
