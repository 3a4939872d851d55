import { field, isKeyword } from './map.ts'
import { isNil, type MapValue, type Value } from './value.ts'

/** Structs print their fields in the order of their definition, which a map does not keep. */
const fieldOrders: Readonly<Record<string, readonly string[]>> = {
  'Elixir.URI': ['scheme', 'authority', 'userinfo', 'host', 'port', 'path', 'query', 'fragment'],
  'Elixir.KeyError': ['key', 'term', 'message'],
}

/** Fields that are not printed while they have their default. */
const optional: Readonly<Record<string, readonly string[]>> = {
  'Elixir.URI': ['authority'],
}

/** The fields of a struct that `inspect` prints, in its order. */
export function structFields(value: MapValue, name: string): MapValue['entries'] {
  const order = fieldOrders[name] ?? []
  const placeOf = (key: Value): number => (key.kind === 'atom' ? order.indexOf(key.name) : -1)
  const isShown = (key: Value, item: Value): boolean => {
    if (key.kind !== 'atom') return true
    if (key.name === '__struct__' || key.name === '__exception__') return false
    return !optional[name]?.includes(key.name) || !(isNil(item) || (isKeyword(item) && item.items.length === 0))
  }
  return value.entries
    .filter(([key, item]) => isShown(key, item))
    .toSorted(([one], [other]) => placeOf(one) - placeOf(other))
}

/** `1..3`, `1..9//2`. */
export function rangeText(value: MapValue): string {
  const [first = 0n, last = 0n, step = 1n] = ['first', 'last', 'step'].map((key) => {
    const item = field(value, key)
    return item?.kind === 'integer' ? item.value : 0n
  })
  return step === 1n ? `${first}..${last}` : `${first}..${last}//${step}`
}
