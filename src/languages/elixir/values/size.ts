import type { Value } from './value.ts'

/** What a value comes to when it is written out: parts that are shared count as often as they stand in it. */
interface ValueExtent {
  /** Terms, and characters of texts. */
  readonly size: number
  /** How deep containers stand in each other. */
  readonly depth: number
}

/** The largest value that is followed, and the deepest. */
export const largestSize = 200_000
const deepest = 300

/** The longest integer that is followed, in bits. */
export const longestInteger = 32_768n
const bound = 1n << longestInteger

const leaf: ValueExtent = { size: 1, depth: 0 }
const extents = new WeakMap<readonly unknown[], ValueExtent>()

/** How many terms and characters `value` holds; known at once for what has been asked before. */
export const sizeOf = (value: Value): number => extentOf(value).size

/** Whether a value, written out, is more than we go through. */
export function isTooLarge(value: Value): boolean {
  if (value.kind === 'integer') return isTooLong(value.value)
  const { size, depth } = extentOf(value)
  return size > largestSize || depth > deepest
}

/** Whether an integer has more digits than we calculate with. */
export const isTooLong = (value: bigint): boolean => value >= bound || value <= -bound

function extentOf(value: Value): ValueExtent {
  switch (value.kind) {
    case 'binary':
      return { size: 1 + value.text.length, depth: 0 }
    case 'bytes':
      return { size: 1 + value.bytes.length, depth: 0 }
    case 'regex':
      return { size: 1 + value.source.length, depth: 0 }
    case 'atom':
      return { size: 1 + (value.name.length >> 4), depth: 0 }
    case 'integer':
      return isSmall(value.value) ? leaf : { size: value.value.toString(32).length, depth: 0 }
    case 'tuple':
      return all(value.items)
    case 'list':
      return value.tail ? sum(all(value.items), [value.tail]) : all(value.items)
    case 'oneOf':
      return all(value.values)
    case 'map': {
      const known = extents.get(value.entries) ?? value.entries.reduce(sum, leaf)
      extents.set(value.entries, known)
      return known
    }
    default:
      return leaf
  }
}

const isSmall = (value: bigint): boolean => value < 0x1_0000_0000_0000_0000n && value > -0x1_0000_0000_0000_0000n

function all(items: readonly Value[]): ValueExtent {
  const known = extents.get(items) ?? sum(leaf, items)
  extents.set(items, known)
  return known
}

function sum(start: ValueExtent, items: readonly Value[]): ValueExtent {
  let { size, depth } = start
  for (const item of items) {
    const inner = extentOf(item)
    size += inner.size
    depth = Math.max(depth, inner.depth + 1)
  }
  return { size, depth }
}
