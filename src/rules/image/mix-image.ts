import type { Deployment } from '../../model/boot/deployment.ts'
import { isProduction } from '../../model/shipping/production.ts'
import { mixThere } from '../../model/stages/mix-there.ts'
import type { Finding, Severity } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import { textOf } from '../../text/source.ts'
import { sourcesLeft } from '../in-image/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'mix-image',
  gotcha: 'image',
  severity: 'info',
  ofImages: true,
  summary: 'the image that builds the app also runs it',
  incident:
    'Compiler, sources and whatever else was copied go to production, and each start compiles what has changed.',
  remedy: 'Build a release, and copy it into an image of its own',
  why: `Where \`mix phx.server\` runs the app, the image needs Elixir, Hex, the dependencies and the sources: it is large,
starts slowly, and shows its code to whoever gets in. A release has none of that. It also means that \`config/*.exs\` is
read at each start.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-why-releases',
  ],
  examples: [
    {
      title: 'the app run by Mix',
      on: 'repo',
      good: `
        -- fly.toml --
        (removed)
        -- mix.exs --
        (removed)
        -- Dockerfile: RUN mix release --
        RUN mix deps.get && mix assets.deploy && mix release
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/server"]`,
      bad: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.18
        -- Dockerfile: RUN mix deps.get && mix assets.deploy && mix release … COPY --from=build /app/_build/prod/rel/shop ./ --
        RUN mix deps.get && mix assets.deploy && mix compile
        -- Dockerfile: CMD ["/app/bin/server"] --
        CMD ["mix", "phx.server"]
            ^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a script that migrates and starts with Mix',
      on: 'repo',
      good: `
        -- fly.toml --
        (removed)
        -- mix.exs --
        (removed)
        -- Dockerfile: RUN mix release --
        RUN mix deps.get && mix assets.deploy && mix release
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/server"]`,
      bad: `
        -- Dockerfile: FROM elixir:1.18 AS build --
        FROM elixir:1.18
        -- Dockerfile: RUN mix deps.get && mix assets.deploy && mix release … COPY --from=build /app/_build/prod/rel/shop ./ --
        RUN mix deps.get && mix assets.deploy && mix compile
        -- Dockerfile: CMD ["/bin/sh", "-c", "/app/bin/migrate && exec /app/bin/server"] --
        CMD ["./run.sh"]
        -- run.sh --
        #!/bin/sh -e
        mix ecto.migrate
        exec mix phx.server
        ^^^^^^^^^^^^^^^^^^^`,
    },
  ],
  checkImage: sourcesLeft,
  *check(project) {
    for (const deployment of project.deployments) {
      const { dockerfile, ships, build, release } = deployment
      const there = dockerfile && ships ? mixThere(dockerfile, ships, build?.args) : 'no'
      if (there === 'no' || (there === 'unknown' && release)) continue
      const finding = deployment.server ? running(deployment) : task(deployment)
      if (finding) yield finding
    }
  },
})

/** The app itself is run by Mix, in an environment that is not for development. */
function running({ server, service, build }: Deployment): Finding | undefined {
  const command = server?.command
  if (server === undefined || command?.kind !== 'mix' || !inProduction(command.mixEnv)) return undefined
  const unused = build?.steps.find((step) => step.command.kind === 'mix' && step.command.task === 'release')
  const who = service ? service.subject : 'the image'
  const severity: Severity = unused ? 'warning' : 'info'
  return {
    message: `${who} runs \`mix ${command.task}\` with MIX_ENV=${command.mixEnv.value}, so compiler and sources go to production`,
    span: server.span,
    related: [
      ...server.via,
      ...(unused ? [{ span: unused.span, text: 'the release that is built here does not run' }] : []),
    ],
    severity,
  }
}

/** A service that runs one Mix task in the image that builds, as for migrations. */
function task({ start, service, release }: Deployment): Finding | undefined {
  const step = start.find((one) => one.command.kind === 'mix')
  if (service === undefined || release !== undefined || step?.command.kind !== 'mix') return undefined
  if (!inProduction(step.command.mixEnv)) return undefined
  return {
    message: `${service.subject} runs \`${textOf(step.span)}\` in the image that builds the app`,
    span: step.span,
    related: step.via,
  }
}

const inProduction = (mixEnv: Known<string>): mixEnv is Extract<Known<string>, { kind: 'known' }> =>
  mixEnv.kind === 'known' && isProduction(mixEnv.value)
