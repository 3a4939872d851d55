import { dateText, dateTimeText, naiveText, timeText } from './calendar-text.ts'
import { field, isKeyword } from './map.ts'
import { isNil, type MapValue, type Value } from './value.ts'

/** Structs print their fields in the order of their definition, which a map does not keep. */
const fieldOrders: Readonly<Record<string, readonly string[]>> = {
  'Elixir.URI': ['scheme', 'authority', 'userinfo', 'host', 'port', 'path', 'query', 'fragment'],
  'Elixir.Version': ['major', 'minor', 'patch', 'pre', 'build'],
  'Elixir.KeyError': ['key', 'term', 'message'],
}

/** Fields that are not printed while they have their default. */
const optional: Readonly<Record<string, readonly string[]>> = {
  'Elixir.URI': ['authority'],
  'Elixir.Version': ['pre', 'build'],
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

/** Structs that have a form of their own, such as `1..3` and `~D[2024-01-31]`; undefined for the others. */
export function structText(value: MapValue, name: string, show: (item: Value) => string): string | undefined {
  switch (name) {
    case 'Elixir.Range':
      return rangeText(value)
    case 'Elixir.MapSet': {
      const members = field(value, 'map')
      const items = members?.kind === 'map' ? members.entries.map(([key]) => key) : []
      return `MapSet.new(${show({ kind: 'list', items })})`
    }
    case 'Elixir.Date':
      return `~D[${dateText(value)}]`
    case 'Elixir.Time':
      return `~T[${timeText(value)}]`
    case 'Elixir.NaiveDateTime':
      return `~N[${naiveText(value, ' ')}]`
    case 'Elixir.DateTime': {
      const zone = field(value, 'time_zone')
      return zone?.kind === 'binary' && zone.text === 'Etc/UTC'
        ? `~U[${dateTimeText(value, ' ')}]`
        : `#DateTime<${dateTimeText(value, ' ')}>`
    }
    case 'Elixir.Date.Range': {
      const [first, last] = [field(value, 'first'), field(value, 'last')]
      return first && last ? `Date.range(${show(first)}, ${show(last)})` : undefined
    }
    default:
      return undefined
  }
}

function rangeText(value: MapValue): string {
  const [first = 0n, last = 0n, step = 1n] = ['first', 'last', 'step'].map((key) => {
    const item = field(value, key)
    return item?.kind === 'integer' ? item.value : 0n
  })
  return step === 1n ? `${first}..${last}` : `${first}..${last}//${step}`
}
