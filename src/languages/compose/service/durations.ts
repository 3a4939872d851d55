const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
  d: 86_400_000_000_000n,
  w: 604_800_000_000_000n,
}

const most = 2n ** 63n - 1n

/** A duration such as `1m30s`, in nanoseconds, as Go's str2duration reads it; undefined where it is none. */
export function parseDuration(text: string): bigint | undefined {
  const rest = text.replace(/^[-+]/, '')
  if (rest === '0') return 0n
  if (rest === '' || !/^(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[^0-9.]+)+$/.test(rest)) return undefined
  let total = 0n
  for (const [, whole = '', fraction = '', name = ''] of rest.matchAll(/([0-9]*)(?:\.([0-9]*))?([^0-9.]+)/g)) {
    const unit = Object.hasOwn(units, name) ? units[name] : undefined
    if (unit === undefined) return undefined
    const digits = fraction.slice(0, 18)
    const part = digits === '' ? 0n : BigInt(Math.trunc(Number(digits) * (Number(unit) / 10 ** digits.length)))
    total += BigInt(whole || '0') * unit + part
    if (total > most) return undefined
  }
  return text.startsWith('-') ? -total : total
}

/** Nanoseconds as Go prints a duration: `1m30s`, `1.5s`, `100ms`. */
export function formatDuration(value: bigint): string {
  const sign = value < 0n ? '-' : ''
  const size = value < 0n ? -value : value
  if (size === 0n) return '0s'
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 1_000n)}µs`
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 1_000_000n)}ms`
  const second = 1_000_000_000n
  const minutes = size / (60n * second)
  const seconds = `${decimal(size % (60n * second), second)}s`
  if (minutes === 0n) return sign + seconds
  return minutes < 60n ? `${sign}${minutes}m${seconds}` : `${sign}${minutes / 60n}h${minutes % 60n}m${seconds}`
}

function decimal(value: bigint, unit: bigint): string {
  const fraction = String(value % unit)
    .padStart(String(unit).length - 1, '0')
    .replace(/(?<!0)0+$/, '')
  return `${value / unit}${fraction === '' ? '' : `.${fraction}`}`
}

const sizes = 'kmgtp'

/** Whether Go reads `text` as an amount of memory: a whole number, or a number with a unit. */
export function isSize(text: string): boolean {
  if (/^[-+]?[0-9]+$/.test(text)) return true
  const parts = /^(.*?[0-9.])( ?)([^0-9. ]*)$/.exec(text)
  if (!parts) return false
  const [, number = '', , suffix = ''] = parts
  if (!/^\+?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/.test(number)) return false
  const unit = suffix.toLowerCase()
  return (
    unit === '' ||
    unit === 'b' ||
    (unit.length <= 3 && sizes.includes(unit[0] ?? '') && ['', 'b', 'ib'].includes(unit.slice(1)))
  )
}
