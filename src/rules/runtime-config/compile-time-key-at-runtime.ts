import { calledName, isAlias, moduleName } from '../../languages/elixir/syntax/module-name.ts'
import { truthOf, type Value } from '../../languages/elixir/values/value.ts'
import { type ChangedKey, changedKeys } from '../../model/boot/compile-env.ts'
import { bootsOf, likely } from '../../model/facts/boots.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'compile-time-key-at-runtime',
  gotcha: 'runtime-config',
  severity: 'error',
  ofImages: true,
  summary: '`runtime.exs` sets a key that was read when the code was compiled',
  incident: 'The release refuses to boot, or goes on with the value of the build as if nothing had been set.',
  why: `\`Application.compile_env\` puts a value into the compiled code. At its start a release compares it with the config and
stops where they differ. Phoenix reads \`force_ssl\`, \`debug_errors\` and \`code_reloader\` of an endpoint that way from 1.8 on;
1.6 and 1.7 keep the value of the build without a word. Such keys belong into \`config/prod.exs\`.`,
  links: [
    'https://hexdocs.pm/elixir/Application.html#compile_env/3',
    'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-compile-time-configuration',
  ],
  examples: [
    {
      title: 'force_ssl in runtime.exs',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000], force_ssl: [hsts: true]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true`,
      bad: `
        -- config/config.exs: config :shop, ShopWeb.Endpoint, http: [port: 4000], force_ssl: [hsts: true] --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, server: true --
        config :shop, ShopWeb.Endpoint, server: true, force_ssl: [hsts: true]
                                                                        ^^^^`,
    },
    {
      title: 'a key of the app itself',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        config :shop, currency: :usd
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true
        -- lib/shop/checkout.ex --
        defmodule Shop.Checkout do
          @currency Application.compile_env(:shop, :currency, :eur)
          def currency, do: @currency
        end`,
      bad: `
        -- config/config.exs: config :shop, currency: :usd --
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, server: true --
        config :shop, ShopWeb.Endpoint, server: true
        config :shop, currency: :usd
                                ^^^^`,
    },
  ],
  *check(project) {
    for (const { deployment, boot, who, doubt } of bootsOf(project)) {
      for (const key of changedKeys(deployment, boot, project.code)) {
        const { span, read, certain, refused, given } = key
        const place = span ?? read
        if (place === undefined || !(certain || given) || (!refused && isOff(key.before) && isOff(key.after))) continue
        const related = read && read !== place ? [{ span: read, text: 'the code reads it when it is compiled' }] : []
        if (!certain && refused) {
          yield {
            message: `${who} refuses to boot wherever ${nameOf(key)} is another than when the code was compiled: it ${then(key)} then`,
            span: place,
            related,
            ...likely,
          }
        }
        if (!certain) continue
        const phoenix = boot.versions.locked('phoenix')
        yield {
          message: refused
            ? `${who} refuses to boot: ${nameOf(key)} ${now(key)}, and ${then(key)} when the code was compiled`
            : `${nameOf(key)} ${now(key)} when ${who} starts, and ${phoenix ? `Phoenix ${phoenix}` : 'Phoenix'} keeps what it was when the code was compiled`,
          span: place,
          related,
          ...doubt,
        }
      }
    }
  },
})

const isOff = (value: Value | undefined): boolean => value === undefined || truthOf(value) === 'no'

/** `currency` of `:shop`, or of the module under which it stands. */
function nameOf({ path }: ChangedKey): string {
  const owner = path.findLastIndex((part) => isAlias(part))
  if (owner === path.length - 1 || owner === -1)
    return `\`${path.slice(1).map(moduleName).join('.')}\` of \`:${path[0]}\``
  return `\`${path.slice(owner + 1).join('.')}\` of \`${moduleName(path[owner] ?? '')}\``
}

const now = ({ before, after }: ChangedKey): string =>
  after === undefined ? 'is not set' : `is ${shown(after) ?? (before === undefined ? 'set' : 'set to another value')}`

const then = ({ before }: ChangedKey): string =>
  before === undefined ? 'was not set' : `was ${shown(before) ?? 'another one'}`

/** Values that are no secrets. */
function shown(value: Value): string | undefined {
  if (value.kind === 'integer') return `\`${value.value}\``
  if (value.kind !== 'atom') return undefined
  return /^(true|false|nil)$/.test(value.name) ? `\`${value.name}\`` : `\`${calledName(value.name)}\``
}
