import { configAt, mergeConfigs } from '../../languages/elixir/evaluate/config-merge.ts'
import { atom, binary, boolean, keyword, nil, type Value } from '../../languages/elixir/values/value.ts'
import type { Endpoint } from './endpoint.ts'

/** What Phoenix takes where an endpoint's config says nothing (Phoenix.Endpoint.Supervisor, `defaults`). */
const defaults = keyword([
  ['adapter', atom('Elixir.Phoenix.Endpoint.Cowboy2Adapter')],
  ['cache_static_manifest', nil],
  ['check_origin', boolean(true)],
  ['http', boolean(false)],
  ['https', boolean(false)],
  ['secret_key_base', nil],
  ['static_url', nil],
  [
    'url',
    keyword([
      ['host', binary('localhost')],
      ['path', binary('/')],
    ]),
  ],
])

/** The config of an endpoint with Phoenix's defaults in it, the keys `keys` of it. */
export function endpointConfig(endpoint: Endpoint, keys: readonly string[]): Value {
  const own = endpoint.at()
  const wrap = (value: Value) => keyword([['endpoint', value]])
  const merged = own ? configAt(mergeConfigs(wrap(defaults), wrap(own)), ['endpoint']) : defaults
  const config = merged ?? defaults
  if (config.kind !== 'list') return config
  return {
    kind: 'list',
    items: config.items.filter((item) => {
      const key = item.kind === 'tuple' ? item.items[0] : undefined
      return key?.kind === 'atom' && keys.includes(key.name)
    }),
    ...(config.tail ? { tail: config.tail } : {}),
  }
}
