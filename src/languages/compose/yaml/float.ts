/** A number as Go prints a float64 with `%v`: the shortest digits, an exponent below 1e-4 and from 1e6 on. */
export function goFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [mantissa = '0', written = '0'] = value.toExponential().split('e')
  const exponent = Number(written)
  if (exponent < -4 || exponent >= 6) {
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  return plain(value)
}

function plain(value: number): string {
  const text = String(value)
  const parts = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text)
  if (!parts) return text
  const [, sign = '', first = '', rest = '', exponent = '0'] = parts
  return `${sign}0.${'0'.repeat(Number(exponent) - 1)}${first}${rest}`
}
