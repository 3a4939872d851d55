import { atomName } from '../../languages/elixir/syntax/query.ts'
import type { Boot } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { placeOf, trailOf } from '../../model/boot/trail.ts'
import { behindStops, likely, subjectOf } from '../../model/facts/boots.ts'
import { debugLevel, levelsAtStart, printerDoubt, printsLess } from '../../model/facts/log-levels.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix } from '../../text/diagnostic.ts'
import type { Span } from '../../text/source.ts'
import { infoInstead } from '../edits/level.ts'
import { switchTurned } from '../edits/turned.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'log-level-debug',
  gotcha: 'log-level',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'what stands here decides the level, and another value of it is yours to choose',
  ofImages: true,
  summary: 'production logs at `:debug`',
  incident:
    'Requests and queries are logged with their parameters: names, mails and tokens of your users stand in the log.',
  remedy: 'Set the level of production to `:info`',
  why: `At \`:debug\`, Ecto logs each query with its parameters and Phoenix those of each request. \`filter_parameters\` does
not reach the parameters of queries. What counts is the level that Logger has when the release has started.`,
  links: ['https://hexdocs.pm/logger/Logger.html#module-levels', 'https://hexdocs.pm/ecto/Ecto.Repo.html'],
  examples: [
    {
      title: 'a level that was left over in prod.exs',
      on: 'phoenix',
      good: `
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]`,
      bad: `
        -- config/config.exs: config :logger, level: :info --
        config :logger, level: :debug
                               ^^^^^^`,
      fixed: true,
    },
    {
      title: 'the app raises its level at its start',
      on: 'phoenix',
      good: `
        -- lib/shop/application.ex --
        defmodule Shop.Application do
          use Application

          def start(_type, _args) do
            Logger.configure(level: :warning)
            Supervisor.start_link([ShopWeb.Endpoint], strategy: :one_for_one)
          end
        end`,
      bad: `
        -- lib/shop/application.ex: Logger.configure(level: :warning) --
        Logger.configure(level: :debug)
                                ^^^^^^`,
    },
    {
      title: 'debug for development and production alike',
      on: 'phoenix',
      good: `
        -- config/config.exs: config :logger, level: :info --
        config :logger, level: :debug
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        import_config "#{config_env()}.exs"
        -- config/prod.exs --
        import Config
        config :shop, ShopWeb.Endpoint, url: [host: "shop.acme-tools.org"]

        config :logger, level: :info`,
      bad: `
        -- config/config.exs: config :logger, level: :debug --
        config :logger, level: :debug
                               ^^^^^^
        -- config/prod.exs: config :shop, ShopWeb.Endpoint, url: [host: "shop.acme-tools.org"] … config :logger, level: :info --
        config :shop, ShopWeb.Endpoint, url: [host: "shop.acme-tools.org"]`,
      fixed: true,
    },
  ],
  *check(project) {
    const set = levelsAtStart(project)
    const last = set.findLast(({ always }) => always)
    for (const deployment of project.deployments) {
      const boot = deployment.boot && behindStops(deployment.boot)
      if (boot === undefined) continue
      if (last && atomName(last.level) === 'debug' && set.length === 1 && !printsLess(boot)) {
        yield {
          message: `${subjectOf(deployment)} sets its log level to \`:debug\` at the start`,
          span: last.level.span,
          fixes: quieter(project, deployment, last.level.span),
        }
      }
      const level = set.length === 0 ? debugLevel(boot) : undefined
      const trail = level ? trailOf(level.value) : []
      const place = placeOf(trail)
      if (place === undefined) continue
      yield {
        message: `${subjectOf(deployment)} logs at \`:debug\` in production`,
        span: place.span,
        related: trail.filter((label) => label !== place),
        fixes: quieter(project, deployment, place.span, boot),
        ...level?.doubt,
        ...(boot.doubt === undefined ? printerDoubt(boot) : likely),
      }
    }
  },
})

/** The fix that logs at `:info` where somebody asked for more. */
function quieter(project: Project, deployment: Deployment, at: Span, boot?: Boot): readonly Fix[] {
  const turned = boot && switchTurned(at, deployment.service, boot, (other) => debugLevel(other) === undefined)
  if (turned)
    return [
      {
        title: `Turn \`${turned.name}\` the other way`,
        safety: 'unsafe',
        edits: [{ span: turned.span, text: turned.text }],
      },
    ]
  const edit = infoInstead(project, deployment, at)
  return edit ? [{ title: 'Log at `:info`', safety: 'unsafe', edits: [edit] }] : []
}
