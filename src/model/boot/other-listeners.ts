import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { isAlias, moduleName } from '../../languages/elixir/syntax/module-name.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { atomName, walk } from '../../languages/elixir/syntax/query.ts'
import { isKeyword, pairKey } from '../../languages/elixir/values/map.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import type { Code } from '../phoenix/code.ts'
import type { Boot } from './boot.ts'

/** Applications that listen themselves and hand requests to endpoints. */
const proxies = ['master_proxy', 'main_proxy']

/** Modules that listen where they are started, or are used by an endpoint. */
const servers =
  /^(Bandit|Plug\.Cowboy|Plug\.Adapters\.Cowboy2?|ThousandIsland|SiteEncrypt(\.Phoenix.*)?|MasterProxy(\..*)?|MainProxy(\..*)?|Ace\.HTTP\.Service|ReverseProxyPlug|:ranch|:cowboy|:elli|:mochiweb_http|:yaws)$/

/** The words without which none of them is named. */
const serverWords =
  /\b(Bandit|Cowboy2?|ThousandIsland|SiteEncrypt|MasterProxy|MainProxy|Ace|ReverseProxyPlug|ranch|cowboy|elli|mochiweb_http|yaws)\b|:(gen_tcp|ssl)\.listen/

/** Whether something other than an endpoint's own server may take requests: a proxy, or a server that the app starts itself. */
export const hasOtherListener = (boot: Boot, code: Code): boolean =>
  proxies.some((app) => boot.at(app) !== undefined) ||
  hasOtherServer(boot) ||
  code.mentioning(serverWords).some(startsServer)

/** Whether the config gives a port to a module that is no endpoint of Phoenix. */
const hasOtherServer = ({ endpoints, config }: Boot): boolean =>
  entriesOf(config).some(({ value }) =>
    entriesOf(value).some(
      ({ key, value: inside }) =>
        isAlias(key) &&
        !endpoints.some(({ name }) => name === moduleName(key)) &&
        configAt(inside, ['http', 'port']) !== undefined,
    ),
  )

const entriesOf = (value: Value): readonly { readonly key: string; readonly value: Value }[] =>
  value.kind === 'list' && isKeyword(value)
    ? value.items.flatMap((item) => {
        const key = pairKey(item)
        const inside = item.kind === 'tuple' ? item.items[1] : undefined
        return key === undefined || inside === undefined ? [] : [{ key, value: inside }]
      })
    : []

/** Whether a module starts a server: as a child, by a call of one, or by a `use` of one. */
function startsServer(module: ModuleDefinition): boolean {
  if (module.uses.some((use) => servers.test(use.module))) return true
  const isServer = (node: Node | undefined) => servers.test(aliasName(node, module.aliases, module.name) ?? '')
  let found = false
  for (const { clauses } of module.functions) {
    for (const { sections } of clauses) {
      for (const { body } of sections) {
        walk(body, (node) => {
          found ||=
            (node.kind === 'tuple' && isServer(node.items[0])) ||
            (node.kind === 'call' &&
              /^(child_spec|start_link|https?|start_clear|start_tls|start_listener|run)$/.test(node.name) &&
              isServer(node.target)) ||
            (node.kind === 'call' && node.name === 'child_spec' && isServer(node.args[0])) ||
            (node.kind === 'call' &&
              node.name === 'listen' &&
              /^(gen_tcp|ssl)$/.test((node.target && atomName(node.target)) ?? ''))
          return !found
        })
      }
    }
  }
  return found
}
