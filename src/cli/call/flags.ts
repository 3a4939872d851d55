import { didYouMean } from '../../text/nearest.ts'
import { done, type Result, wrong } from '../../workspace/result.ts'
import { foreignFlag } from './foreign.ts'

/** A flag of a command: a switch, or one that takes a value. */
export interface Flag {
  /** Without dashes. */
  readonly name: string
  /** One letter. */
  readonly short?: string
  /** What help calls the value; a switch has none. */
  readonly value?: string
  /** The values that are allowed. */
  readonly choices?: readonly string[]
  /** What may stand behind a choice and `=`. */
  readonly valueMayName?: string
  /** Whether it may be given several times; else the last one counts. */
  readonly many?: boolean
  /** What holds where it is not given, for help. */
  readonly fallback?: string
  readonly summary: string
}

/** What was called for. */
export interface Call {
  readonly operands: readonly string[]
  /** Whether a flag was given. */
  has(name: string): boolean
  /** The values of a flag, in order. */
  all(name: string): readonly string[]
  /** The last value of a flag. */
  one(name: string): string | undefined
}

/** Reads arguments by a table of flags: `--flag value`, `--flag=value`, `-f value`, `-fvalue`, `-ab`; `--` ends the flags. */
export function parseFlags(args: readonly string[], flags: readonly Flag[]): Result<Call> {
  const operands: string[] = []
  const values = new Map<string, string[]>()
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--') {
      operands.push(...rest)
      break
    }
    if (arg === '-' || !arg.startsWith('-')) {
      operands.push(arg)
      continue
    }
    const problem = arg.startsWith('--') ? readLong(arg, rest, flags, values) : readShort(arg, rest, flags, values)
    if (problem !== undefined) return wrong(problem)
  }
  const all = (name: string) => values.get(name) ?? []
  return done({ operands, all, has: (name) => values.has(name), one: (name) => all(name).at(-1) })
}

type FlagValues = Map<string, string[]>

function readLong(arg: string, rest: string[], flags: readonly Flag[], values: FlagValues): string | undefined {
  const equals = arg.indexOf('=')
  const name = equals === -1 ? arg.slice(2) : arg.slice(2, equals)
  const flag = flags.find((known) => known.name === name)
  const names = flags.map((known) => `--${known.name}`)
  if (flag === undefined) return foreignFlag(name) ?? `there is no flag \`--${name}\`${didYouMean(`--${name}`, names)}`
  if (flag.value === undefined) {
    return equals === -1 ? give(flag, '', values) : `\`--${name}\` takes no value`
  }
  return equals === -1 ? giveNext(flag, rest, values) : give(flag, arg.slice(equals + 1), values)
}

function readShort(arg: string, rest: string[], flags: readonly Flag[], values: FlagValues): string | undefined {
  for (let index = 1; index < arg.length; index += 1) {
    const value = arg.slice(index + 1).replace(/^=/, '')
    const flag = shortFlag(arg[index], value === '' ? rest[0] : value, flags)
    if (flag === undefined) return `there is no flag \`-${arg[index]}\``
    if (flag.value !== undefined) return value === '' ? giveNext(flag, rest, values) : give(flag, value, values)
    give(flag, '', values)
  }
  return undefined
}

/** The flag of a letter. `-f` with the name of a format is `--format`, as other linters have it: a file of that name is `./json`. */
function shortFlag(letter: string | undefined, value: string | undefined, flags: readonly Flag[]): Flag | undefined {
  const flag = flags.find((known) => known.short === letter)
  const format = letter === 'f' ? flags.find(({ name }) => name === 'format') : undefined
  const isFormat = format?.choices?.includes(/^[^=]*/.exec(value ?? '')?.[0] ?? '')
  return flag === undefined || isFormat ? (format ?? flag) : flag
}

function giveNext(flag: Flag, rest: string[], values: FlagValues): string | undefined {
  const [next] = rest
  if (next === undefined || (next.startsWith('-') && next !== '-'))
    return `\`--${flag.name}\` needs a value: ${flag.value}`
  rest.shift()
  return give(flag, next, values)
}

function give(flag: Flag, value: string, values: FlagValues): string | undefined {
  const [, choice = value, named] = (flag.valueMayName && /^([^=]*)=(.*)$/s.exec(value)) || []
  if (flag.choices !== undefined && !flag.choices.includes(choice)) {
    const allowed = flag.choices.map((one) => `\`${one}\``).join(', ')
    return `\`--${flag.name}\` cannot be \`${choice}\`${didYouMean(choice, flag.choices)} (one of ${allowed})`
  }
  if (named === '') return `\`--${flag.name}=${choice}=\` needs a value: ${flag.valueMayName}`
  if (flag.value !== undefined && value === '') return `\`--${flag.name}\` needs a value: ${flag.value}`
  values.set(flag.name, [...(values.get(flag.name) ?? []), value])
  return undefined
}
