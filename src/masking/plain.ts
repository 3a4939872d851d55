import type { Masking } from './masking.ts'
import { asShown, type Shown } from './shown.ts'

/** Data of texts, numbers, lists and records with every text in it masked. */
export const showPlain = <T>(data: T, masking: Masking): Shown<T> => asShown(shownIn(data, masking) as T)

function shownIn(data: unknown, masking: Masking): unknown {
  if (typeof data === 'string') return masking.text(data)
  if (Array.isArray(data)) return data.map((item) => shownIn(item, masking))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, shownIn(value, masking)]))
}
