import { bodyOf } from '../../languages/elixir/syntax/query.ts'
import {
  type AskedRequest,
  answerOf,
  hasDatabase,
  plugAsksDatabase,
  requestsOf,
  serves,
} from '../../model/facts/health/requests.ts'
import { healthRoutesOf } from '../../model/phoenix/answer.ts'
import { functionOf } from '../../model/phoenix/code.ts'
import { asksDatabase } from '../../model/phoenix/database.ts'
import type { Project } from '../../model/project/project.ts'
import type { Finding, Fix } from '../../text/diagnostic.ts'
import { positionAt, type Span, textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'health-shallow',
  gotcha: 'health',
  severity: 'warning',
  fix: 'unsafe',
  noFix: 'only an action of a controller, of one clause and one expression, gets a query by itself',
  summary: 'the health check never asks the database',
  incident: 'The database is gone, every page is an error, and the container is still said to be healthy.',
  remedy: 'Let the route that is asked query the database, and answer 503 where that fails',
  why: `A route that always says \`ok\` tells that the web server runs, and nothing of what pages need. A health check that
decides whether traffic comes, as in \`depends_on\`, a load balancer or a rolling deployment, has to ask the database.
A check that *restarts* the container is another matter: a restart does not bring a database back, so keep a liveness probe
shallow, under a path such as \`/live\`, and put the query on readiness.`,
  links: [
    'https://docs.docker.com/reference/dockerfile/#healthcheck',
    'https://hexdocs.pm/ecto_sql/Ecto.Adapters.SQL.html#query/4',
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
  ],
  examples: [
    {
      title: 'a route that always says ok',
      on: 'health',
      good: `
        -- lib/shop_web/health_controller.ex: {:error, _} -> conn |> put_status(503) |> json(%{status: "bad"}) --
        {:error, _} -> conn |> put_status(503) |> json(%{status: "no database"})`,
      bad: `
        -- lib/shop_web/health_controller.ex: def show(conn, _params) do … end --
        def show(conn, _params) do
            ^^^^^^^^^^^^^^^^^^^
          json(conn, %{status: "ok"})`,
    },
    {
      title: 'a plug that answers before the router',
      on: 'health',
      good: `
        -- lib/shop_web/endpoint.ex: plug Plug.RequestId --
        plug ShopWeb.Health
        -- lib/shop_web/health.ex --
        defmodule ShopWeb.Health do
          import Plug.Conn

          def init(options), do: options

          def call(%{request_path: "/health"} = conn, _options) do
            Shop.Repo.query!("SELECT 1")
            conn |> send_resp(200, "ok") |> halt()
          end

          def call(conn, _options), do: conn
        end`,
      bad: `
        -- lib/shop_web/health.ex: def call(%{request_path: "/health"} = conn, _options) do … Shop.Repo.query!("SELECT 1") --
        def call(%{request_path: "/health"} = conn, _options) do
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  *check(project) {
    if (!hasDatabase(project)) return
    for (const asked of requestsOf(project)) {
      const { answer, request, probe } = asked
      if (answer.kind !== 'handled' || probe.isLiveness || isLiveness(request.path)) continue
      if (asksDatabase(project.code, answer.module, answer.name) !== 'no') continue
      if (answer.before.some((plug) => plugAsksDatabase(project, plug) !== 'no')) continue
      const clauses = functionOf(answer.module, answer.name)?.clauses ?? []
      const head = clauses[0]?.call.args[0]
      if (head === undefined) continue
      yield {
        message: `\`${answer.module.name}.${answer.name}\` answers the health check at \`${request.path}\` without asking the database`,
        span: head.kind === 'binary' && head.operator === 'when' ? head.left.span : head.span,
        related: [...probe.via, { span: request.span, text: `this asks \`${request.path}\`` }, ...answer.trail],
        fixes: queriesIn(project, asked),
      }
    }
    yield* unasked(project)
  },
})

/** Routes that look like health checks of images that nothing in view asks: a platform may. */
function* unasked(project: Project): Iterable<Finding> {
  const { code } = project
  for (const deployment of project.deployments) {
    if (deployment.service || deployment.health.length > 0 || !serves(deployment)) continue
    for (const { path, span } of healthRoutesOf(code)) {
      if (path === undefined || isLiveness(path)) continue
      const answer = answerOf(project, deployment, path)
      if (answer.kind !== 'handled' || asksDatabase(code, answer.module, answer.name) !== 'no') continue
      if (answer.before.some((plug) => plugAsksDatabase(project, plug) !== 'no')) continue
      yield {
        message: `\`${answer.module.name}.${answer.name}\` answers \`${path}\` without asking the database; what asks it was not read`,
        span,
        severity: 'info',
        certainty: 'likely',
      }
    }
  }
}

/** A liveness probe is better off without a query. */
const isLiveness = (path: string) => /(^|[/_-])(live|livez|liveness|alive)([/?_-]|$)/.test(path)

/** The fix that puts a query around the one expression that answers. */
function queriesIn({ code }: Project, { answer }: AskedRequest): readonly Fix[] {
  const repos = code.using('Ecto.Repo')
  const [repo] = repos
  if (answer.kind !== 'handled' || repos.length !== 1 || repo === undefined || answer.name === 'call') return []
  const clauses = functionOf(answer.module, answer.name)?.clauses ?? []
  const [clause] = clauses
  const [expression, ...more] = bodyOf(clause?.body)
  const [conn] = clause?.patterns ?? []
  if (clauses.length !== 1 || more.length > 0 || expression === undefined || conn?.kind !== 'variable') return []
  if (!clause?.call.blocks.length || textOf(expression.span).includes('"""')) return []
  const indent = ' '.repeat(positionAt(expression.span.source, expression.span.start).column - 1)
  const lines = [
    `case ${repo.name}.query("SELECT 1") do`,
    ...arm('{:ok, _} ->', expression.span, indent),
    `${indent}  {:error, _} -> Plug.Conn.send_resp(${conn.name}, 503, "the database does not answer")`,
    `${indent}end`,
  ]
  const edit = { span: expression.span, text: lines.join('\n') }
  return [{ title: 'Ask the database before saying that all is well', safety: 'unsafe', edits: [edit] }]
}

function arm(pattern: string, answer: Span, indent: string): readonly string[] {
  const [first = '', ...others] = textOf(answer).split('\n')
  if (others.length === 0) return [`${indent}  ${pattern} ${first}`]
  return [
    `${indent}  ${pattern}`,
    `${indent}    ${first}`,
    ...others.map((line) => (line === '' ? '' : `    ${line}`)),
    '',
  ]
}
