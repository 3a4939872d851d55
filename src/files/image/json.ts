/** An object of JSON. */
export type Json = Readonly<Record<string, unknown>>

/** The value as an object; undefined for anything else. */
export const asObject = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : undefined

/** The items of a list; none for anything else. */
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A text; undefined for anything else. */
export const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The texts of a list; undefined where it is none. */
export const asTexts = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) ? value.flatMap((item) => (typeof item === 'string' ? [item] : [])) : undefined

/** Objects whose keys are the user's own words, and not fields. */
const maps = new Set(['labels', 'annotations', 'exposedports', 'volumes'])
const deepest = 100

/**
 * The JSON of a text as Go reads it, in which Docker is written: names of fields in small letters, since it does not look
 * at their case. Undefined where it is no JSON, or has the same field twice, of which every program takes another.
 */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return hasTwice(text) ? undefined : folded(value, true)
  } catch {
    return undefined
  }
}

/** As Go's encoding/json compares names: with what stands for a letter of ASCII elsewhere in Unicode. */
const small = (key: string): string => key.toUpperCase().toLowerCase()

function folded(value: unknown, isFields: boolean): unknown {
  if (Array.isArray(value)) return value.map((item) => folded(item, isFields))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = isFields ? small(key) : key
      return [name, folded(inner, isFields && !maps.has(name))]
    }),
  )
}

/** Whether an object in a valid JSON text has two fields of one name, or objects lie too deep in each other. */
function hasTwice(text: string): boolean {
  const open: { readonly keys: Set<string>; readonly isFields: boolean; isKey: boolean }[] = []
  let last = ''
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    const top = open.at(-1)
    if (token === '{' || token === '[') {
      const isFields = (top?.isFields ?? true) && !maps.has(last)
      open.push({ keys: new Set(), isFields, isKey: token === '{' })
      if (open.length > deepest) return true
    } else if (token === '}' || token === ']') open.pop()
    else if (top === undefined) continue
    else if (token === ':') top.isKey = false
    else if (token === ',') top.isKey = top.keys.size > 0
    else if (top.isKey) {
      const key = String(JSON.parse(token))
      last = top.isFields ? small(key) : ''
      const name = top.isFields ? last : key
      if (top.keys.has(name)) return true
      top.keys.add(name)
    }
  }
  return false
}
