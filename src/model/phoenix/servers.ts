import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import { walk } from '../../languages/elixir/syntax/query.ts'
import { oncePer } from '../../text/once.ts'
import type { Code } from './code.ts'

const servers =
  /^(Bandit|Plug\.Cowboy|Plug\.Adapters\.Cowboy2?|ThousandIsland|Ranch|:ranch|:cowboy|:gen_tcp|GRPC\.Server.*|PromEx.*|TelemetryMetricsPrometheus.*)$/

/** The words without which none of them is named. */
const serverWords = /Bandit|Cowboy|ThousandIsland|[Rr]anch|cowboy|gen_tcp|GRPC|PromEx|TelemetryMetricsPrometheus/

/** Whether the code names a server besides its endpoints, so that it may listen on ports of its own. */
export const listensElsewhere = oncePer((code: Code): boolean => {
  let found = false
  for (const module of code.mentioning(serverWords)) {
    walk(module.body, (node) => {
      if (node.kind !== 'alias' && node.kind !== 'atom') return
      if (servers.test(aliasName(node, module.aliases, module.name) ?? '')) found = true
    })
  }
  return found
})
