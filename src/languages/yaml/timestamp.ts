const form =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:([Tt ])(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9})\d*)?(Z|[-+]\d{2}:\d{2})?)?$/

/** A scalar that Go's YAML library takes for a point in time, as Go prints times; undefined for any other text. */
export function timestamp(text: string): string | undefined {
  const parts = form.exec(text)
  if (!parts) return undefined
  const [, year = '', month = '', day = '', separator, hour = '0', minute = '0', second = '0', fraction = '', zone] =
    parts
  if (separator !== undefined && (zone === undefined) !== (separator === ' ')) return undefined
  const lastDay = new Date(Date.UTC(Number(year) || 4, Number(month), 0)).getUTCDate()
  if (!within(month, 1, 12) || !within(day, 1, lastDay)) return undefined
  if (!within(hour, 0, 23) || !within(minute, 0, 59) || !within(second, 0, 59)) return undefined
  const two = (number: string) => number.padStart(2, '0')
  const rest = fraction.replace(/(?<!0)0+$/, '')
  const offset = zone === undefined || zone === 'Z' ? '+0000 UTC' : `${zone.replace(':', '')} ${zone.replace(':', '')}`
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${rest === '' ? '' : `.${rest}`} ${offset}`
}

const within = (text: string, low: number, high: number): boolean => Number(text) >= low && Number(text) <= high
