import { binary, charlist, isNil, type Value } from '../languages/elixir/values/value.ts'
import { showValue } from './environment.ts'
import type { Masking } from './masking.ts'
import { showLabel } from './shown.ts'

/** The texts of a config under the names of their keys. */
export function textsIn(value: Value, name = ''): readonly (readonly [name: string, text: string])[] {
  if (value.kind === 'binary') return [[name, value.text]]
  return partsOf(value, name).flatMap(([key, part]) => textsIn(part, key))
}

/** What is directly in a value, each under the name that it goes by. */
function partsOf(value: Value, name: string): readonly (readonly [string, Value])[] {
  switch (value.kind) {
    case 'list':
    case 'tuple': {
      const [key, item] = value.items
      if (value.kind === 'tuple' && value.items.length === 2 && key?.kind === 'atom' && item) return [[key.name, item]]
      return value.items.map((one) => [name, one])
    }
    case 'map':
      return value.entries.map(([key, item]) => [keyName(key, name), item])
    case 'oneOf':
      return value.values.map((one) => [name, one])
    default:
      return []
  }
}

const keyName = (key: Value, name: string): string =>
  key.kind === 'atom' ? key.name : key.kind === 'binary' ? key.text : name

/** A value of the config, with the texts in it masked, the trail as well; `name` is the key that it goes by. */
export function showConfig(value: Value, masking: Masking, name = ''): Value {
  const trail = value.trail?.map((label) => showLabel(label, masking))
  return { ...showTerm(value, masking, name), ...(trail ? { trail } : {}) }
}

function showTerm(value: Value, masking: Masking, name: string): Value {
  const show = (item: Value): Value => showConfig(item, masking, name)
  switch (value.kind) {
    case 'binary':
      return binary(showValue(name, value.text, masking))
    case 'atom':
      return isNil(value) ? value : { ...value, name: masking.text(value.name) }
    case 'regex':
      return { ...value, source: masking.text(value.source) }
    case 'unknown':
      return { ...value, why: masking.text(value.why) }
    case 'opaque':
      return { ...value, text: masking.text(value.text) }
    case 'list': {
      const text = textOfCharlist(value.items)
      const masked = text === undefined ? undefined : showValue(name, text, masking)
      if (masked !== undefined && masked !== text) return charlist(masked.replace(/[^\x20-\x7e]/g, '.'))
      return { ...value, items: value.items.map(show), ...(value.tail ? { tail: show(value.tail) } : {}) }
    }
    case 'tuple': {
      const [key, item] = value.items
      if (value.items.length === 2 && key?.kind === 'atom' && item)
        return { ...value, items: [show(key), showConfig(item, masking, key.name)] }
      return { ...value, items: value.items.map(show) }
    }
    case 'map':
      return {
        ...value,
        entries: value.entries.map(
          ([key, item]) => [show(key), showConfig(item, masking, keyName(key, name))] as const,
        ),
      }
    case 'oneOf':
      return { ...value, values: value.values.map(show) }
    default:
      return value
  }
}

const shortestText = 4

/** The text of a list of code points that can be printed. */
function textOfCharlist(items: readonly Value[]): string | undefined {
  if (items.length < shortestText) return undefined
  let text = ''
  for (const item of items) {
    if (item.kind !== 'integer' || item.value < 32n || item.value > 126n) return undefined
    text += String.fromCharCode(Number(item.value))
  }
  return text
}
