import { type CallContext, raise, type StdTable } from '../values/types.ts'
import { atom, boolean, nil, type Value } from '../values/value.ts'
import { functions, isSet, option, show, textOf } from './define.ts'

interface Version {
  readonly numbers: readonly [number, number, number]
  readonly pre: readonly (number | string)[]
}

const full = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/

/** A version of three numbers; undefined for what is none. */
function read(text: string): Version | undefined {
  const found = full.exec(text)
  if (!found) return undefined
  const pre = found[4] === undefined ? [] : found[4].split('.')
  if (pre.some((part) => part === '' || /^0\d+$/.test(part))) return undefined
  const parts = pre.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
  return { numbers: [Number(found[1]), Number(found[2]), Number(found[3])], pre: parts }
}

function compare(one: Version, other: Version): number {
  for (const [index, number] of one.numbers.entries()) {
    const difference = number - (other.numbers[index] ?? 0)
    if (difference !== 0) return difference
  }
  if (one.pre.length === 0 || other.pre.length === 0) return other.pre.length - one.pre.length
  for (const [index, part] of one.pre.entries()) {
    const matching = other.pre[index]
    if (matching === undefined) return 1
    if (part === matching) continue
    if (typeof part !== typeof matching) return typeof part === 'number' ? -1 : 1
    return part < matching ? -1 : 1
  }
  return one.pre.length - other.pre.length
}

type Test = (version: Version, allowPre: boolean) => boolean

/** One condition such as `~> 1.4` or `>= 1.0.0`. */
function condition(text: string): Test | undefined {
  const found = /^(~>|>=|<=|==|!=|!|>|<)?\s*(\S+)$/.exec(text.trim())
  const operator = found?.[1] ?? '=='
  const given = found?.[2] ?? ''
  const short = operator === '~>' ? /^(\d+)\.(\d+)((?:-[0-9A-Za-z.-]+)?)$/.exec(given) : null
  const wanted = read(short ? `${short[1]}.${short[2]}.0${short[3]}` : given)
  if (!wanted) return undefined
  const allows = (version: Version, allowPre: boolean): boolean =>
    allowPre || version.pre.length === 0 || wanted.pre.length > 0
  if (operator === '~>') {
    const [major, minor] = wanted.numbers
    const limit: Version = { numbers: short ? [major + 1, 0, 0] : [major, minor + 1, 0], pre: [0] }
    return (version, allowPre) => allows(version, allowPre) && compare(version, wanted) >= 0 && below(version, limit)
  }
  const tests: Readonly<Record<string, (order: number) => boolean>> = {
    '==': (order) => order === 0,
    '!=': (order) => order !== 0,
    '!': (order) => order !== 0,
    '>': (order) => order > 0,
    '>=': (order) => order >= 0,
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
  }
  return (version, allowPre) => allows(version, allowPre) && (tests[operator]?.(compare(version, wanted)) ?? false)
}

/** Whether the numbers come before those of `limit`, whatever stands behind them. */
function below(version: Version, limit: Version): boolean {
  const index = version.numbers.findIndex((number, at) => number !== limit.numbers[at])
  return index >= 0 && (version.numbers[index] ?? 0) < (limit.numbers[index] ?? 0)
}

function requirement(text: string): Test | undefined {
  const choices = text.split(/(?<!\s)\s+or\s+/).map((choice) => choice.split(/(?<!\s)\s+and\s+/).map(condition))
  if (choices.some((all) => all.includes(undefined))) return undefined
  return (version, allowPre) => choices.some((all) => all.every((test) => test?.(version, allowPre) ?? false))
}

function versionOf(context: CallContext, value: Value): Version {
  return (
    read(textOf(value, 'Version.to_matchable/2')) ??
    raise('Version.InvalidVersionError', `invalid version: ${show(context, value)}`, { version: value })
  )
}

function requirementOf(context: CallContext, value: Value): Test {
  return (
    requirement(textOf(value, 'Version.parse_requirement!/1')) ??
    raise('Version.InvalidRequirementError', `invalid requirement: ${show(context, value)}`, { requirement: value })
  )
}

function match(context: CallContext, version: Value, wanted: Value, options: Value): Value {
  const allowPre = option(options, 'allow_pre') === undefined || isSet(options, 'allow_pre')
  return boolean(requirementOf(context, wanted)(versionOf(context, version), allowPre))
}

/** `Version`, of texts. */
export const versionFunctions: StdTable = {
  ...functions('Version', 'atom', {
    'compare/2': (context, one, other) => {
      const order = compare(versionOf(context, one), versionOf(context, other))
      return atom(order < 0 ? 'lt' : order > 0 ? 'gt' : 'eq')
    },
  }),
  ...functions('Version', 'boolean', {
    'match?/2': (context, version, wanted) => match(context, version, wanted, nil),
    'match?/3': match,
  }),
}
