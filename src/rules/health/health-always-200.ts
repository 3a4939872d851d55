import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { calls, fullName, sections, walk } from '../../languages/elixir/syntax/query.ts'
import { type AskedRequest, requestsOf } from '../../model/facts/health/requests.ts'
import { isQuery } from '../../model/phoenix/database.ts'
import { type OutsideCall, type Reach, reachOf } from '../../model/phoenix/reach.ts'
import type { Project } from '../../model/project/project.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-always-200',
  gotcha: 'health',
  severity: 'error',
  summary: 'the health route asks the database and answers 200 when it is gone',
  incident: 'The database is gone, the health check reads a 200, and the container is said to be healthy.',
  remedy: 'Answer 503 in the branch in which the query fails',
  why: `Health checks go by the status of the answer and do not read its body. \`Repo.query/2\` gives \`{:error, …}\` and does
not raise, so the branch for the error has to set a status of 500 or more itself: \`put_status(conn, 503)\`.`,
  links: [
    'https://hexdocs.pm/plug/Plug.Conn.html#put_status/2',
    'https://hexdocs.pm/ecto_sql/Ecto.Adapters.SQL.html#query/4',
  ],
  examples: [
    {
      title: 'an error with the status of a success',
      on: 'health',
      good: `
        -- lib/shop_web/health_controller.ex: {:error, _} -> conn |> put_status(503) |> json(%{status: "bad"}) --
        {:error, _} -> conn |> put_status(503) |> json(%{status: "no database"})`,
      bad: `
        -- lib/shop_web/health_controller.ex: case Shop.Repo.query("SELECT 1") do --
        case Shop.Repo.query("SELECT 1") do
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^
        -- lib/shop_web/health_controller.ex: {:error, _} -> conn |> put_status(503) |> json(%{status: "no database"}) --
        {:error, _} -> json(conn, %{status: "no database"})`,
    },
    {
      title: 'a rescue that says all is well',
      on: 'health',
      good: `
        -- lib/shop_web/health_controller.ex: def show(conn, _params) do … end --
        def show(conn, _params) do
          Shop.Repo.query!("SELECT 1")
          json(conn, %{status: "ok"})
        rescue
          _ -> conn |> put_status(503) |> json(%{status: "no database"})`,
      bad: `
        -- lib/shop_web/health_controller.ex: Shop.Repo.query!("SELECT 1") --
        Shop.Repo.query!("SELECT 1")
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        -- lib/shop_web/health_controller.ex: _ -> conn |> put_status(503) |> json(%{status: "no database"}) --
        _ -> json(conn, %{status: "no database"})`,
    },
  ],
  *check(project) {
    for (const asked of requestsOf(project)) {
      const found = pretence(project, asked)
      if (found) yield found
    }
  },
})

function pretence({ code }: Project, { answer, request, probe }: AskedRequest): Finding | undefined {
  // What an action gives in place of an answer goes to its fallback.
  if (answer.kind !== 'handled' || calls(answer.module.body, 'action_fallback').length > 0) return undefined
  const reach = reachOf(code, { module: answer.module, name: answer.name })
  const asking = reach.outside.filter((call) => isQuery(code, call))
  const [first] = asking
  if (first === undefined || reach.hidden || !asking.every(givesError)) return undefined
  if (!reach.outside.every((call) => asking.includes(call) || plain.test(call.module ?? ''))) return undefined
  const rescued = new Set(asking.filter(isRescued).map(({ node }) => node))
  if (bodiesOf(reach).some((body) => mayFail(body, rescued))) return undefined
  return {
    message: `\`${answer.module.name}.${answer.name}\` answers 200 at \`${request.path}\` also where the database gives an error`,
    span: first.node.span,
    related: [...probe.via, { span: request.span, text: `this asks \`${request.path}\`` }, ...answer.trail],
  }
}

const plain =
  /^(Jason|JSON|Logger|Plug\.Conn|Phoenix\.Controller|DateTime|System|Application|String|Map|Enum|Keyword|Node)(\.|$)/

/** `query` gives `{:error, …}` where the database is gone; the other functions of a repo raise. */
const givesError = (call: OutsideCall) => (call.node.kind === 'call' && call.node.name === 'query') || isRescued(call)

/** Whether a `rescue` stands around a call. */
function isRescued({ node, from: { definition } }: OutsideCall): boolean {
  const holds = (body: Node) => {
    let found = false
    walk(body, (inner) => {
      found ||= inner === node
      return !found
    })
    return found
  }
  const around = (parts: readonly { readonly label: string; readonly body: Node }[]) =>
    parts.some(({ label }) => label === 'rescue') && parts.some(({ label, body }) => label === 'do' && holds(body))
  return definition.clauses.some(
    (clause) =>
      around(clause.sections) ||
      clause.sections.some(({ body }) => calls(body, 'try').some((one) => around(sections(one)))),
  )
}

const bodiesOf = (reach: Reach): readonly Node[] =>
  reach.functions.flatMap(({ definition }) =>
    definition.clauses.flatMap((clause) => clause.sections.map((section) => section.body)),
  )

const failures =
  /^(bad_request|not_found|internal_server_error|not_implemented|bad_gateway|service_unavailable|gateway_timeout|unprocessable_entity|failed_dependency|too_many_requests|im_a_teapot|conflict|gone|error)$/

/** Whether code can answer with a failure: it raises outside of a rescue, matches, or sets a status that may be no success. */
function mayFail(body: Node, rescued: ReadonlySet<Node>): boolean {
  let found = false
  walk(body, (node) => {
    if (node.kind === 'integer' && node.value >= 400n && node.value < 600n) found = true
    if (node.kind === 'binary' && node.operator === '=' && node.left.kind === 'tuple') found = true
    if (node.kind === 'atom' && node.name !== 'error' && failures.test(node.name)) found = true
    if (node.kind === 'clauses' && !catchesAll(node)) found = true
    if (node.kind === 'call' && !rescued.has(node)) {
      const setsStatus = /^(put_status|send_resp|resp)$/.test(node.name)
      const status = node.args.find((arg) => arg.kind === 'integer' || arg.kind === 'atom')
      if (
        (setsStatus && status === undefined) ||
        /^(raise|reraise|throw|exit)$|!$/.test(node.name) ||
        /^(System|:erlang)\.(halt|stop)$/.test(fullName(node) ?? '')
      )
        found = true
      if (node.name === 'with' && !sections(node).some(({ label }) => label === 'else')) found = true
      if (/^(render|redirect|send_file|put_view)$/.test(node.name)) found = true
    }
    return !found
  })
  return found
}

/** Whether one of the clauses takes an error. */
const catchesAll = (node: Extract<Node, { kind: 'clauses' }>): boolean =>
  node.clauses.some(({ patterns: [pattern] }) => {
    if (pattern === undefined || pattern.kind === 'variable') return true
    // `rescue e in [DBConnection.ConnectionError]`
    if (pattern.kind === 'binary' && pattern.operator === 'in')
      return textOf(pattern.right.span).includes('DBConnection')
    const tag = pattern.kind === 'tuple' ? pattern.items[0] : pattern
    return tag?.kind === 'variable' || (tag?.kind === 'atom' && tag.name !== 'ok' && tag.name !== 'true')
  })
