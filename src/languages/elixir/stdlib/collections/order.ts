import { compareValues } from '../../values/compare.ts'
import { isOpen } from '../../values/map.ts'
import type { CallContext } from '../../values/types.ts'
import type { Value } from '../../values/value.ts'
import { outside, unmodelled } from '../define.ts'

/** Negative where the first comes before the second. */
export type Order = (one: Value, other: Value) => number

/** The order that a sorter asks for: `:asc`, `:desc`, a function that says "not after", or a module with `compare/2`. */
export function orderOf(context: CallContext, sorter: Value): Order {
  if (sorter.kind === 'function') return (one, other) => (context.isTrue(context.call(sorter, [one, other])) ? -1 : 1)
  if (sorter.kind === 'atom' && sorter.name === 'asc') return compareKnown
  if (sorter.kind === 'atom' && sorter.name === 'desc') return (one, other) => compareKnown(other, one)
  if (sorter.kind === 'atom') return (one, other) => compareBy(context, sorter.name, one, other)
  const [direction, module] = sorter.kind === 'tuple' ? sorter.items : []
  if (direction?.kind === 'atom' && module?.kind === 'atom') {
    const sign = direction.name === 'desc' ? -1 : 1
    return (one, other) => sign * compareBy(context, module.name, one, other)
  }
  return unmodelled('the order is not modelled')
}

/** Elixir's term order; gives up where something is not known. */
export const compareKnown: Order = (one, other) => {
  if (isOpen(one) || isOpen(other)) return unmodelled('it sorts what is not known')
  const order = compareValues(one, other)
  if (order === 0 && compareValues(one, other, true) !== 0)
    return unmodelled('it sorts an integer and a float that are equal')
  return order
}

function compareBy(context: CallContext, module: string, one: Value, other: Value): number {
  const result = outside(context, context.apply(module, 'compare', [one, other]))
  return result.kind === 'atom'
    ? result.name === 'lt'
      ? -1
      : result.name === 'gt'
        ? 1
        : 0
    : unmodelled('the order is not modelled')
}

/** Sorted by `order`, stable: two are only exchanged where the first is surely after the second. */
export function sort<T>(context: CallContext, items: readonly T[], order: (one: T, other: T) => number): readonly T[] {
  if (items.length < 2) return items
  context.tick(items.length)
  const middle = items.length >> 1
  const [left, right] = [sort(context, items.slice(0, middle), order), sort(context, items.slice(middle), order)]
  const merged: T[] = []
  let [a, b] = [0, 0]
  while (a < left.length && b < right.length) {
    const [one, other] = [left[a], right[b]]
    if (one === undefined || other === undefined) break
    if (order(one, other) <= 0) {
      merged.push(one)
      a++
    } else {
      merged.push(other)
      b++
    }
  }
  return [...merged, ...left.slice(a), ...right.slice(b)]
}
