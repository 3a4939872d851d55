import type { Node } from '../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { type Code, functionOf } from './code.ts'
import { plugsIn } from './plugs.ts'

/**
 * Whether an endpoint makes requests ready and hands them to nobody: each of its plugs is one of a library that passes all on, and neither a
 * macro of others nor code of its own can bring another.
 */
export function isUnrouted(code: Code, endpoint: ModuleDefinition): boolean {
  const plugs = plugsIn(endpoint.body, endpoint, code)
  return (
    plugs.some(({ named }) => named !== undefined && preparing.test(named)) &&
    plugs.every(({ handler, named }) => handler === undefined && named !== undefined && passesOn.test(named)) &&
    endpoint.body.every(bringsNone) &&
    endpoint.uses.every(({ module }) => /^(Phoenix\.Endpoint|Sentry\.\w+)$/.test(module)) &&
    functionOf(endpoint, 'call') === undefined
  )
}

const preparing = /^Plug\.(Parsers|MethodOverride|Head|Session)$/

const passesOn =
  /^(Plug\.(Static|RequestId|Telemetry|Parsers|MethodOverride|Head|Session|Logger|SSL|RewriteOn|CSRFProtection)|Phoenix\.(CodeReloader|LiveReloader|LiveDashboard\.RequestLogger)|Phoenix\.Ecto\.CheckRepoStatus|CORSPlug|Corsica|RemoteIp|Sentry\.PlugContext|Tidewave)$/

/** Whether an expression of an endpoint is none that may plug what is not in view; a call of a field of nothing is a slip. */
function bringsNone(node: Node): boolean {
  if (node.kind === 'attribute') return !/compile$/.test(node.name)
  if (node.kind !== 'call') return true
  if (node.target) return node.target.kind === 'variable'
  return /^(use|import|alias|require|plug|socket|if|unless|defp?)$/.test(node.name)
}
