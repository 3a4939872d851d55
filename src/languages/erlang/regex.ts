import { field } from '../elixir/values/map.ts'
import { type MapValue, regex, type Value } from '../elixir/values/value.ts'

const letters: Readonly<Record<string, string>> = {
  unicode: 'u',
  caseless: 'i',
  multiline: 'm',
  extended: 'x',
  firstline: 'f',
  ungreedy: 'U',
  dotall: 's',
}

/** `%Regex{}` keeps its options as letters, or as names since Elixir 1.16. */
export function regexOf(map: MapValue): Value {
  const source = field(map, 'source')
  const options = field(map, 'opts')
  if (source?.kind !== 'binary') return map
  if (options?.kind === 'binary') return regex(source.text, options.text, source.trail)
  const names = options?.kind === 'list' ? options.items : []
  return regex(
    source.text,
    names.map((name) => (name.kind === 'atom' ? (letters[name.name] ?? '') : '')).join(''),
    source.trail,
  )
}
