import type { Node } from '../../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { bodyOf, calls } from '../../../languages/elixir/syntax/query.ts'
import { functionOf } from '../../phoenix/code.ts'
import type { PlugCall } from '../../phoenix/plugs.ts'
import { reachOf } from '../../phoenix/reach.ts'
import type { Project } from '../../project/project.ts'

/** Who a plug lets through: those with a password (surely, or it may be so), or those who have logged in. */
export type HealthGuard = 'password' | 'maybe a password' | 'login'

/** What a plug asks of a request before it passes it on; undefined where that is nothing, or not in view. */
export function guardOf({ code }: Project, { handler, named, call }: PlugCall): HealthGuard | undefined {
  const [name] = call.args
  if (named === 'Plug.BasicAuth' || (!handler && name?.kind === 'atom' && name.name === 'basic_auth')) return 'password'
  if (handler === undefined) return named !== undefined && gates.test(named) ? 'login' : undefined
  const { module } = handler
  const reach = reachOf(code, { module, name: handler.name, arity: 2 })
  const asks = reach.functions.flatMap(({ definition }) =>
    definition.clauses.flatMap(({ body }) => (body ? basicAuthIn(body) : [])),
  )
  if (asks.length > 0) {
    const clauses = functionOf(module, handler.name, 2)?.clauses ?? []
    const body = bodyOf(clauses[0]?.body).flatMap(pipedIn)
    return clauses.length === 1 && asks.some((one) => body.includes(one)) ? 'password' : 'maybe a password'
  }
  const title = handler.name === 'call' ? module.name.replace(/^.*\./, '') : handler.name
  return isGate.test(title) && reach.functions.some(({ definition }) => definition.clauses.some(halts))
    ? 'login'
    : undefined
}

const gates =
  /^(Guardian\.Plug\.EnsureAuthenticated|Pow\.Plug\.RequireAuthenticated|Coherence\.Authentication\.Session)$/
const isGate =
  /^(require|ensure|must|only|check|verify|authenticate|authorize)_?.*(user|auth|login|logged_?in|admin|session|member)|^authenticate(_api)?$/i

const basicAuthIn = (body: Node): readonly Node[] => [
  ...calls(body, 'basic_auth'),
  ...calls(body, 'Plug.BasicAuth.basic_auth'),
]

/** The calls of a chain of pipes, or the expression itself. */
const pipedIn = (node: Node): readonly Node[] =>
  node.kind === 'binary' && node.operator === '|>' ? [...pipedIn(node.left), ...pipedIn(node.right)] : [node]

const halts = ({ body }: FunctionDefinition['clauses'][number]): boolean =>
  body !== undefined && calls(body, 'halt').length > 0
