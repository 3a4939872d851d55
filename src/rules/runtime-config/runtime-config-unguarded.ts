import { posix } from 'node:path'
import { evaluateConfig } from '../../languages/elixir/config/run.ts'
import type { EnvironmentRead } from '../../languages/elixir/evaluate/machine.ts'
import { readsRuntime } from '../../model/boot/release-tool.ts'
import { isOfMissing } from '../../model/facts/crashes.ts'
import { isNamedElsewhere } from '../../model/facts/named-elsewhere.ts'
import { unknown, unset } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'runtime-config-unguarded',
  gotcha: 'runtime-config',
  severity: 'warning',
  summary: '`runtime.exs` requires a variable in development and tests as well',
  incident:
    '`mix test`, `mix phx.server` and every Mix task that loads the config stop for want of a production secret.',
  remedy: 'Put it below `if config_env() == :prod do`',
  why: `Mix evaluates \`config/runtime.exs\` in every environment, not only in a release. What only production has belongs
inside of \`if config_env() == :prod do\`.`,
  links: ['https://hexdocs.pm/elixir/Config.html#module-config-runtime-exs'],
  examples: [
    {
      title: 'fetch_env! for everybody',
      on: 'phoenix',
      good: `
        -- lib/shop_web/endpoint.ex --
        (removed)
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY")`,
      bad: `
        -- config/runtime.exs: if config_env() == :prod do … end --
        config :shop, Shop.Mailer, api_key: System.fetch_env!("MAIL_API_KEY")
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'raise for everybody',
      on: 'release',
      good: `
        -- config/runtime.exs --
        import Config

        config :shop, stock_url: System.get_env("STOCK_URL", "http://localhost:4100")

        if config_env() == :prod do
          config :shop, stock_url: System.fetch_env!("STOCK_URL")
        end`,
      bad: `
        -- config/runtime.exs: config :shop, stock_url: System.get_env("STOCK_URL", "http://localhost:4100") --
        stock_url =
          System.get_env("STOCK_URL") ||
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^
            raise "environment variable STOCK_URL is missing"
        -- config/runtime.exs: if config_env() == :prod do … end --
        config :shop, stock_url: stock_url`,
    },
  ],
  *check(project) {
    const reading = project.deployments.filter(({ boot }) => !boot || readsRuntime(undefined, boot.versions))
    for (const app of new Set(reading.flatMap((deployment) => deployment.app ?? []))) {
      const source = project.elixir.get(posix.join(app.folder, 'config/runtime.exs'))?.source
      const [inTest, inDevelopment] = source ? ['test', 'dev'].map((name) => missingIn(name, source)) : []
      if (inTest === undefined || inDevelopment === undefined || isNamedElsewhere(inTest.name, project)) continue
      if (isNamedElsewhere(inDevelopment.name, project)) continue
      yield {
        message: `\`mix test\` and \`mix phx.server\` stop here too where \`${inTest.name}\` is not set`,
        span: inTest.span,
        certainty: 'likely',
      }
    }
  },
})

/** What runtime.exs requires where Mix evaluates it in an environment without any variables, and stops for. */
function missingIn(configEnv: string, source: Source): EnvironmentRead | undefined {
  const { outcome, reads } = evaluateConfig({
    entry: source,
    directory: '/app/config',
    workingDirectory: '/app',
    file: () => unknown('it is not looked at'),
    kind: 'runtime',
    configEnv,
    environment: { get: () => unset() },
    mixAvailable: true,
    otherModules: 'unknown',
    elixirVersion: '1.18.4',
  })
  if (outcome.kind !== 'crash' || outcome.certainty !== 'certain') return undefined
  if (!isOfMissing(outcome.error.type)) return undefined
  return reads.findLast((read) => read.required && read.guards.length === 0)
}
