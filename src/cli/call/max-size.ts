import type { Call, Flag } from './flags.ts'

/** The flag of every command that reads tars. */
export const maxSizeFlag: Flag = {
  name: 'max-size',
  value: 'SIZE',
  fallback: '20g',
  summary: 'the most bytes to read of a tar, such as 500m or 8g, without compression',
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }

/** What `--max-size` says, in bytes, or why it is no size. */
export function maxSizeOf(call: Pick<Call, 'one'>): number | { readonly kind: 'wrong'; readonly message: string } {
  const text = call.one('max-size') ?? '20g'
  const [, number, unit = ''] = /^(\d{1,15})([kmgt]?)b?$/i.exec(text) ?? []
  if (number === undefined) return { kind: 'wrong', message: `\`${text}\` is no size such as 500m or 8g` }
  return Number(number) * (units[unit.toLowerCase()] ?? 1)
}
