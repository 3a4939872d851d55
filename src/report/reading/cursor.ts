/** Why a report is none, and where: the keys and indexes that lead there. */
export class Misshapen extends Error {
  constructor(
    readonly path: readonly (string | number)[],
    message: string,
  ) {
    super(message)
  }
}

/** A value of JSON, and where it stands. */
export interface JsonCursor {
  readonly value: unknown
  readonly path: readonly (string | number)[]
}

/** What stands under a key; of what is no object, nothing. */
export function under({ value, path }: JsonCursor, key: string): JsonCursor {
  const found = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
  return { value: found ? Object(value)[key] : undefined, path: [...path, key] }
}

/** Whether there is anything. */
export const isThere = ({ value }: JsonCursor): boolean => value !== undefined && value !== null

/** The items of a list; of nothing, none. */
export function items(at: JsonCursor): readonly JsonCursor[] {
  if (!isThere(at)) return []
  if (!Array.isArray(at.value)) throw new Misshapen(at.path, `\`${nameOf(at)}\` is no list`)
  return at.value.map((value, index) => ({ value, path: [...at.path, index] }))
}

/** A text. */
export function textAt(at: JsonCursor): string {
  if (typeof at.value !== 'string') throw new Misshapen(at.path, `\`${nameOf(at)}\` is no text`)
  return at.value
}

/** A text, or nothing. */
export const maybeText = (at: JsonCursor): string | undefined => (isThere(at) ? textAt(at) : undefined)

/** One of several texts. */
export function oneOf<T extends string>(at: JsonCursor, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === at.value)
  if (found === undefined) throw new Misshapen(at.path, `\`${nameOf(at)}\` is none of ${choices.join(', ')}`)
  return found
}

/** No file that is read has more lines, or a longer one. */
const most = 5_000_000

/** A whole number from `least`. */
export function countAt(at: JsonCursor, least = 0): number {
  const { value } = at
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw new Misshapen(at.path, `\`${nameOf(at)}\` is no number from ${least}`)
  return value
}

const nameOf = ({ path }: JsonCursor): string =>
  String(path.findLast((part) => typeof part === 'string') ?? 'the report')
