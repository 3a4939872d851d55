import type { Boot } from '../model/boot/boot.ts'
import { isWithin, trailOf } from '../model/boot/trail.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Finding, Label } from '../text/diagnostic.ts'
import { defineRule } from './rule.ts'

/** Facts about the build itself, which belong into it. */
const buildFacts =
  /(^|_)(GIT|SHA|COMMIT|REVISION|REF|BRANCH|BUILD|BUILT|VERSION|RELEASE_NAME|CI|TAG|SOURCE|MIX|HEX|HOME|PATH|PWD|EDITOR|TARGET)(_|$)/

type Read = Boot['reads'][number]

export default defineRule({
  id: 'compile-time-env',
  gotcha: 'runtime-config',
  severity: 'error',
  summary: 'an environment variable is read when the release is built, not when it starts',
  incident:
    'The right value is set on the server, and the release goes on with what the build machine had: mostly nothing.',
  why: `\`config/config.exs\` and what it imports, such as \`config/prod.exs\`, are evaluated when the release is built.
What they read is frozen into the release. \`config/runtime.exs\` is evaluated each time the release starts.`,
  links: [
    'https://hexdocs.pm/elixir/Config.html',
    'https://hexdocs.pm/mix/Mix.Tasks.Release.html#module-runtime-configuration',
  ],
  examples: [
    {
      title: 'an API key in prod.exs',
      bad: `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix release

        FROM debian:bookworm-slim
        COPY --from=build /app/_build/prod/rel/shop /app
        CMD ["/app/bin/shop", "start"]
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/config.exs --
        import Config
        import_config "#{config_env()}.exs"
        -- config/prod.exs --
        import Config
        config :logger, level: :info
        config :shop, Shop.Mailer, api_key: System.get_env("MAIL_API_KEY")
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      `,
      good: `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix release

        FROM debian:bookworm-slim
        COPY --from=build /app/_build/prod/rel/shop /app
        CMD ["/app/bin/shop", "start"]
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/config.exs --
        import Config
        import_config "#{config_env()}.exs"
        -- config/prod.exs --
        import Config
        config :logger, level: :info
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY")
        end
      `,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { boot, runs } = deployment
      if (boot === undefined || runs !== 'release') continue
      for (const read of boot.reads) {
        if (read.during !== 'build' || buildFacts.test(read.name)) continue
        const frozen = frozenKeys(boot, read)
        if (frozen !== undefined) yield findingFor(read, frozen, deployment, boot)
      }
    }
  },
})

/** The keys that hold what the read gave when the app starts; undefined where it is in none of them any more. */
function frozenKeys(boot: Boot, read: Read): readonly string[] | undefined {
  const written = boot.writes.filter(
    (write) => write.during === 'build' && trailOf(write.value).some((label) => isWithin(label.span, read.span)),
  )
  const left = written.filter((write) => {
    const last = boot.writes.findLast((one) => startsWith(write.path, one.path) || startsWith(one.path, write.path))
    return (
      last === write ||
      (last?.during === 'build' && trailOf(last.value).some((label) => isWithin(label.span, read.span)))
    )
  })
  return left.length > 0 ? left.map((write) => keyName(write.path)) : undefined
}

const startsWith = (path: readonly string[], prefix: readonly string[]) =>
  prefix.every((part, index) => part === path[index])

/** `Shop.Mailer.api_key` of `:shop`, as people name it. */
const keyName = (path: readonly string[]) =>
  path
    .slice(1)
    .map((part) => part.replace(/^Elixir\./, ''))
    .join('.')

function findingFor(read: Read, keys: readonly string[], deployment: Deployment, boot: Boot): Finding {
  const key = keys[0] ?? ''
  const related: Label[] = []
  if (deployment.release)
    related.push({
      span: deployment.release.step.span,
      text: `the release is built here, and \`${key}\` is frozen into it`,
    })
  if (read.value.kind === 'known') {
    related.push(...read.value.trail)
    return {
      message: `\`${key}\` keeps the value that \`${read.name}\` has when the release is built`,
      span: read.span,
      related,
      severity: 'warning',
      certainty: 'likely',
    }
  }
  const sure = read.value.kind === 'unset' && boot.doubt === undefined && deployment.release !== undefined
  return {
    message: `\`${read.name}\` is read when the release is built, where it is not set; setting it on the server changes nothing`,
    span: read.span,
    related,
    severity: sure ? 'error' : 'warning',
    certainty: sure ? 'certain' : 'likely',
  }
}
