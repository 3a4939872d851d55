import { constants } from 'node:os'
import { Interrupted } from '../files/write.ts'
import { bareMasking } from '../masking/masking.ts'
import { version } from '../report/version.ts'
import { didYouMean } from '../text/nearest.ts'
import { done } from '../workspace/result.ts'
import type { Command } from './call/command.ts'
import { type Call, parseFlags } from './call/flags.ts'
import { commonFlags, helpOf, helpOfCommand } from './call/help.ts'
import { commands } from './commands.ts'
import { metadataCall, pluginCall, pluginMetadata } from './docker/plugin-call.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, guarded, type Io, remark, widthOf } from './io/io.ts'

/** The command line as a value: runs `argv` (without node and script) on three streams. Never throws. */
export async function run(argv: readonly string[], streams: Io): Promise<number> {
  const { stdout, stderr, env } = streams
  const io: Io = { ...streams, stdout: guarded(stdout, env), stderr: guarded(stderr, env) }
  if (argv[0] === metadataCall) return print(pluginMetadata(version), io)
  const plugin = pluginCall(argv)
  try {
    return await (plugin
      ? dispatch(plugin.argv.length > 0 ? plugin.argv : ['--help'], { ...io, dockerFlags: plugin.globals })
      : dispatch(argv, io))
  } catch (error) {
    if (error instanceof Interrupted) return stopped(error.signal, io)
    remark(io, `failed: ${bareMasking.text(error instanceof Error ? error.message : String(error))}`)
    if (io.env.DOCKER_GOTCHAS_DEBUG && error instanceof Error)
      io.stderr.write(`${bareMasking.text(error.stack ?? '')}\n`)
    return exit.failure
  }
}

/** What a shell reports of a program that a signal ended. */
function stopped(signal: NodeJS.Signals, io: Io): number {
  remark(io, `stopped by ${signal}; what had begun to be written is whole`)
  return 128 + constants.signals[signal]
}

async function dispatch([first, ...rest]: readonly string[], io: Io): Promise<number> {
  if (first === undefined) {
    io.stderr.write(helpOf(commands))
    return exit.usage
  }
  if (first === '--help' || first === '-h') return print(helpOf(commands), io)
  if (first === '--version' || first === '-V' || first === '-v' || first === 'version')
    return print(`docker-gotchas ${version}\n`, io)
  if (first === 'help') return help(rest, io)
  if (first.startsWith('-')) return callIsWrong(io, `there is no flag \`${first}\` before a command`)
  const command = commands.find(({ name }) => name === first)
  if (command === undefined) return unknownCommand(first, io)
  return runCommand(command, rest, io)
}

async function runCommand(command: Command, args: readonly string[], io: Io): Promise<number> {
  const parsed = command.passesOn ? done(passedOn(args)) : parseFlags(args, [...command.flags, ...commonFlags])
  if (parsed.kind === 'wrong') return callIsWrong(io, parsed.message, command.name)
  const call = parsed.value
  if (call.has('help')) return print(helpOfCommand(command, widthOf(io.stdout)), io)
  if (call.has('version')) return print(`docker-gotchas ${version}\n`, io)
  const [extra] = call.operands
  if (command.operands === '' && extra !== undefined)
    return callIsWrong(io, `\`${extra}\` is one too many`, command.name)
  return command.run(call, call.has('no-color') ? { ...io, env: { ...io.env, NO_COLOR: '1' } } : io)
}

/** All words as operands, for docker to read. */
function passedOn(args: readonly string[]): Call {
  const isHelp = (name: string) => name === 'help' && /^(--help|-h)$/.test(args[0] ?? '')
  return { operands: args, all: () => [], one: () => undefined, has: isHelp }
}

function help([name]: readonly string[], io: Io): ExitCode {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return print(helpOf(commands), io)
  const command = commands.find((known) => known.name === name)
  return command === undefined ? unknownCommand(name, io) : print(helpOfCommand(command, widthOf(io.stdout)), io)
}

function unknownCommand(name: string, io: Io): ExitCode {
  const near = didYouMean(name, [...commands.map((command) => command.name), 'help'])
  return callIsWrong(
    io,
    `there is no command \`${name}\`${near || `; \`docker-gotchas lint ${name}\` checks a file or folder`}`,
  )
}

function print(text: string, io: Io): ExitCode {
  io.stdout.write(text)
  return exit.clean
}
