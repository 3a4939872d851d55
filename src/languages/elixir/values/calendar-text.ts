import { field } from './map.ts'
import type { MapValue } from './value.ts'

const number = (value: MapValue, name: string): bigint => {
  const found = field(value, name)
  return found?.kind === 'integer' ? found.value : 0n
}
const padded = (value: MapValue, name: string, size = 2): string => number(value, name).toString().padStart(size, '0')

/** `2024-01-31` */
export function dateText(date: MapValue): string {
  const year = number(date, 'year')
  const digits = (year < 0n ? -year : year).toString().padStart(4, '0')
  return `${year < 0n ? '-' : ''}${digits}-${padded(date, 'month')}-${padded(date, 'day')}`
}

/** `10:20:30.123` */
export function timeText(time: MapValue): string {
  const micro = field(time, 'microsecond')
  const [value, precision] = micro?.kind === 'tuple' ? micro.items : []
  const digits = precision?.kind === 'integer' ? Number(precision.value) : 0
  const fraction =
    value?.kind === 'integer' && digits > 0 ? `.${value.value.toString().padStart(6, '0').slice(0, digits)}` : ''
  return `${padded(time, 'hour')}:${padded(time, 'minute')}:${padded(time, 'second')}${fraction}`
}

/** Date and time with `between` them. */
export const naiveText = (value: MapValue, between: string): string => dateText(value) + between + timeText(value)

/** As `naiveText`, with `Z` or the offset and the zone. */
export function dateTimeText(value: MapValue, between: string): string {
  const offset = Number(number(value, 'utc_offset') + number(value, 'std_offset'))
  const zone = field(value, 'time_zone')
  const isUtc = zone?.kind === 'binary' && zone.text === 'Etc/UTC'
  const minutes = Math.trunc(Math.abs(offset) / 60)
  const shown = `${offset < 0 ? '-' : '+'}${String(Math.trunc(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
  return naiveText(value, between) + (isUtc && offset === 0 ? 'Z' : shown)
}
