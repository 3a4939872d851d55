import { done, type Result, wrong } from '../../workspace/result.ts'
import type { Call, Flag } from './flags.ts'

/** The flag of every command that reads tars. */
export const maxSizeFlag: Flag = {
  name: 'max-size',
  value: 'SIZE',
  fallback: '20g',
  summary: 'the most bytes to read of a tar, such as 500m or 8g, without compression',
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 }

/** What `--max-size` says, in bytes, if anything; wrong where it is no size. */
export function maxSizeOf(call: Pick<Call, 'one'>): Result<number | undefined> {
  const text = call.one('max-size')
  if (text === undefined) return done(undefined)
  const [, number, unit = ''] = /^(\d{1,15})([kmgt]?)b?$/i.exec(text) ?? []
  return number === undefined
    ? wrong(`\`${text}\` is no size such as 500m or 8g`)
    : done(Number(number) * (units[unit.toLowerCase()] ?? 1))
}
