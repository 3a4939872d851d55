import { dateText, dateTimeText, naiveText, timeText } from '../values/calendar-text.ts'
import { field, mapOf, struct, structName } from '../values/map.ts'
import { type CallContext, noClause, raise, type StdTable } from '../values/types.ts'
import { atom, binary, boolean, integer, type MapValue, tuple, unknownValue, type Value } from '../values/value.ts'
import { functions, numberOf, show, textOf, unmodelled } from './define.ts'

interface Parts {
  readonly [name: string]: Value
}

const iso = atom('Elixir.Calendar.ISO')
const milliseconds = 86_400_000

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
const daysIn = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** The reason why a text or numbers make no date. */
type Flaw = 'invalid_format' | 'invalid_date' | 'invalid_time' | 'missing_offset'

function dateParts(year: number, month: number, day: number): Parts | Flaw {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return 'invalid_date'
  return { calendar: iso, year: integer(year), month: integer(month), day: integer(day) }
}

function timeParts(hour: number, minute: number, second: number, fraction = ''): Parts | Flaw {
  if (hour > 23 || minute > 59 || second > 59) return 'invalid_time'
  const digits = fraction.slice(0, 6)
  const microsecond = tuple([integer(Number(digits.padEnd(6, '0'))), integer(digits.length)])
  return { calendar: iso, hour: integer(hour), minute: integer(minute), second: integer(second), microsecond }
}

const dateForm = /^([+-]?\d{4})-(\d\d)-(\d\d)$/
const timeForm = /^T?(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?$/

function readDate(text: string): Parts | Flaw {
  const found = dateForm.exec(text)
  return found ? dateParts(Number(found[1]), Number(found[2]), Number(found[3])) : 'invalid_format'
}

function readTime(text: string): Parts | Flaw {
  const found = timeForm.exec(text)
  return found ? timeParts(Number(found[1]), Number(found[2]), Number(found[3]), found[4]) : 'invalid_format'
}

function readNaive(text: string): Parts | Flaw {
  const found = /^([+-]?\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:[.,]\d+)?)(?:Z|[+-]\d\d:?\d\d)?$/.exec(text)
  const [date, time] = found
    ? [readDate(found[1] ?? ''), readTime(found[2] ?? '')]
    : ['invalid_format' as const, 'invalid_format' as const]
  if (typeof date === 'string') return date
  return typeof time === 'string' ? time : { ...date, ...time }
}

const made = (module: string, parts: Parts | Flaw): Value =>
  typeof parts === 'string' ? tuple([atom('error'), atom(parts)]) : tuple([atom('ok'), struct(module, parts)])

function forced(context: CallContext, module: string, parts: Parts | Flaw, text: Value, what: string): Value {
  return typeof parts === 'string'
    ? raise('ArgumentError', `cannot parse ${show(context, text)} as ${what}, reason: :${parts}`)
    : struct(module, parts)
}

const numbers = (key: string, ...values: readonly Value[]): readonly number[] =>
  values.map((value) => numberOf(value, () => noClause(key)))

/** Days since 1970 of anything with a date. */
function daysOf(value: Value, key: string): number {
  const part = (name: string): number => {
    const found = value.kind === 'map' ? field(value, name) : undefined
    return found?.kind === 'integer' ? Number(found.value) : noClause(key)
  }
  const date = new Date(0)
  date.setUTCFullYear(part('year'), part('month') - 1, part('day'))
  return Math.round(date.getTime() / milliseconds)
}

function dateOf(days: number): Value {
  const date = new Date(days * milliseconds)
  const parts = dateParts(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
  return typeof parts === 'string' ? unmodelled('the date is out of range') : struct('Elixir.Date', parts)
}

const order = (difference: number): Value => atom(difference < 0 ? 'lt' : difference > 0 ? 'gt' : 'eq')
const isStruct = (value: Value, name: string): value is MapValue => structName(value) === name
/** A struct of which nothing is known but its kind. */
const now = (module: string, names: string) => (): Value => {
  const unknown = unknownValue('it is the time of the run', 'integer')
  return struct(module, { calendar: iso, ...Object.fromEntries(names.split(' ').map((name) => [name, unknown])) })
}
const ofDate = 'year month day'
const ofTime = 'hour minute second microsecond'
const textFor =
  (name: string, show: (value: MapValue) => string) =>
  (_: CallContext, value: Value): Value =>
    binary(value.kind === 'map' ? show(value) : noClause(name))

const utc: Parts = {
  time_zone: binary('Etc/UTC'),
  zone_abbr: binary('UTC'),
  utc_offset: integer(0),
  std_offset: integer(0),
}

function fromUnix(seconds: number, microsecond?: Value): Value {
  const at = new Date(seconds * 1000)
  const date = dateParts(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
  const time = timeParts(at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds())
  return typeof date === 'string' || typeof time === 'string'
    ? unmodelled('the time is out of range')
    : struct('Elixir.DateTime', { ...date, ...time, ...(microsecond ? { microsecond } : {}), ...utc })
}

/** Seconds since 1970 of a DateTime. */
function unixOf(value: Value): number {
  const part = (name: string): number => {
    const found = isStruct(value, 'Elixir.DateTime') ? field(value, name) : undefined
    return found?.kind === 'integer' ? Number(found.value) : noClause('DateTime.to_unix/2')
  }
  const ofDay = part('hour') * 3600 + part('minute') * 60 + part('second')
  return daysOf(value, 'DateTime.to_unix/2') * 86_400 + ofDay - part('utc_offset') - part('std_offset')
}

function readDateTime(text: string): Value {
  const zone = /(Z|[+-]\d\d:?\d\d)$/.exec(text)?.[1]
  const naive = readNaive(text)
  if (typeof naive === 'string') return tuple([atom('error'), atom(naive)])
  if (zone === undefined) return tuple([atom('error'), atom('missing_offset')])
  const offset =
    zone === 'Z' ? 0 : Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(-2)) * 60)
  const local = struct('Elixir.DateTime', { ...naive, ...utc })
  const shifted = offset === 0 ? local : fromUnix(unixOf(local) - offset, field(local, 'microsecond'))
  return tuple([atom('ok'), shifted, integer(offset)])
}

/** `Date` and `Time`. */
const dateFunctions: StdTable = {
  ...functions('Date', 'any', {
    'new/3': (_, year, month, day) => {
      const [y = 0, m = 0, d = 0] = numbers('Date.new/4', year, month, day)
      return made('Elixir.Date', dateParts(y, m, d))
    },
    'new!/3': (_, year, month, day) => {
      const [y = 0, m = 0, d = 0] = numbers('Date.new!/4', year, month, day)
      const parts = dateParts(y, m, d)
      return typeof parts === 'string'
        ? raise('ArgumentError', `cannot build date, reason: :${parts}`)
        : struct('Elixir.Date', parts)
    },
    'from_iso8601/1': (_, text) => made('Elixir.Date', readDate(textOf(text, 'Calendar.ISO.parse_date/2'))),
    'from_iso8601!/1': (context, text) =>
      forced(context, 'Elixir.Date', readDate(textOf(text, 'Calendar.ISO.parse_date/2')), text, 'date'),
    'add/2': (_, date, days) => dateOf(daysOf(date, 'Date.add/2') + numberOf(days, () => noClause('Date.add/2'))),
    'diff/2': (_, one, other) => integer(daysOf(one, 'Date.diff/2') - daysOf(other, 'Date.diff/2')),
    'compare/2': (_, one, other) => order(daysOf(one, 'Date.compare/2') - daysOf(other, 'Date.compare/2')),
    'before?/2': (_, one, other) => boolean(daysOf(one, 'Date.compare/2') < daysOf(other, 'Date.compare/2')),
    'after?/2': (_, one, other) => boolean(daysOf(one, 'Date.compare/2') > daysOf(other, 'Date.compare/2')),
    'day_of_week/1': (_, date) => integer(((((daysOf(date, 'Date.day_of_week/2') + 3) % 7) + 7) % 7) + 1),
    'leap_year?/1': (_, date) => {
      const year = date.kind === 'map' ? field(date, 'year') : undefined
      return boolean(year?.kind === 'integer' ? isLeap(Number(year.value)) : noClause('Date.leap_year?/1'))
    },
    'days_in_month/1': (_, date) => {
      const [year, month] = date.kind === 'map' ? [field(date, 'year'), field(date, 'month')] : []
      return year?.kind === 'integer' && month?.kind === 'integer'
        ? integer(daysIn(Number(year.value), Number(month.value)))
        : noClause('Date.days_in_month/1')
    },
    'utc_today/0': now('Elixir.Date', ofDate),
    'to_string/1': textFor('Date.to_string/1', dateText),
    'to_iso8601/1': textFor('Date.to_iso8601/2', dateText),
  }),
  ...functions('Time', 'any', {
    'new/3': (_, hour, minute, second) => {
      const [h = 0, m = 0, s = 0] = numbers('Time.new/5', hour, minute, second)
      return made('Elixir.Time', timeParts(h, m, s))
    },
    'new!/3': (_, hour, minute, second) => {
      const [h = 0, m = 0, s = 0] = numbers('Time.new!/5', hour, minute, second)
      const parts = timeParts(h, m, s)
      return typeof parts === 'string'
        ? raise('ArgumentError', `cannot build time, reason: :${parts}`)
        : struct('Elixir.Time', parts)
    },
    'from_iso8601/1': (_, text) => made('Elixir.Time', readTime(textOf(text, 'Calendar.ISO.parse_time/2'))),
    'from_iso8601!/1': (context, text) =>
      forced(context, 'Elixir.Time', readTime(textOf(text, 'Calendar.ISO.parse_time/2')), text, 'time'),
    'utc_now/0': now('Elixir.Time', ofTime),
    'to_string/1': textFor('Time.to_string/1', timeText),
    'to_iso8601/1': textFor('Time.to_iso8601/2', timeText),
  }),
}

/** `Date`, `Time`, `NaiveDateTime` and `DateTime` in UTC. */
export const calendarFunctions: StdTable = {
  ...dateFunctions,
  ...functions('NaiveDateTime', 'any', {
    'from_iso8601/1': (_, text) =>
      made('Elixir.NaiveDateTime', readNaive(textOf(text, 'Calendar.ISO.parse_naive_datetime/2'))),
    'from_iso8601!/1': (context, text) =>
      forced(
        context,
        'Elixir.NaiveDateTime',
        readNaive(textOf(text, 'Calendar.ISO.parse_naive_datetime/2')),
        text,
        'naive datetime',
      ),
    'to_iso8601/1': textFor('NaiveDateTime.to_iso8601/2', (value) => naiveText(value, 'T')),
    'to_string/1': textFor('NaiveDateTime.to_string/1', (value) => naiveText(value, ' ')),
    'to_date/1': (_, value) =>
      value.kind === 'map'
        ? partOf(value, 'Elixir.Date', ['year', 'month', 'day'])
        : noClause('NaiveDateTime.to_date/1'),
    'to_time/1': (_, value) =>
      value.kind === 'map'
        ? partOf(value, 'Elixir.Time', ['hour', 'minute', 'second', 'microsecond'])
        : noClause('NaiveDateTime.to_time/1'),
  }),
  ...functions('NaiveDateTime', 'map', {
    'utc_now/0': now('Elixir.NaiveDateTime', `${ofDate} ${ofTime}`),
    'local_now/0': now('Elixir.NaiveDateTime', `${ofDate} ${ofTime}`),
  }),
  ...functions('DateTime', 'any', {
    'from_iso8601/1': (_, text) => readDateTime(textOf(text, 'DateTime.from_iso8601/2')),
    'from_unix/1': (_, seconds) =>
      tuple([atom('ok'), fromUnix(numberOf(seconds, () => noClause('DateTime.from_unix/3')))]),
    'from_unix!/1': (_, seconds) => fromUnix(numberOf(seconds, () => noClause('DateTime.from_unix/3'))),
    'to_iso8601/1': textFor('DateTime.to_iso8601/3', (value) => dateTimeText(value, 'T')),
    'to_string/1': textFor('DateTime.to_string/1', (value) => dateTimeText(value, ' ')),
    'to_date/1': (_, value) =>
      value.kind === 'map' ? partOf(value, 'Elixir.Date', ['year', 'month', 'day']) : noClause('DateTime.to_date/1'),
    'to_unix/1': (_, value) => integer(unixOf(value)),
  }),
  ...functions('DateTime', 'map', {
    'utc_now/0': now('Elixir.DateTime', `${ofDate} ${ofTime} ${Object.keys(utc).join(' ')}`),
  }),
}

function partOf(value: MapValue, module: string, names: readonly string[]): Value {
  const entries = names.flatMap((name) => {
    const found = field(value, name)
    return found ? [[atom(name), found] as const] : []
  })
  return mapOf([[atom('__struct__'), atom(module)], [atom('calendar'), iso], ...entries])
}
