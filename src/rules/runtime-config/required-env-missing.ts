import type { Boot } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import type { Read } from '../../model/facts/boots.ts'
import { isOfMissing, stopOf } from '../../model/facts/crashes.ts'
import type { Service } from '../../model/services/service.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { demanded, givenVariable } from '../edits/compose.ts'
import { marked, releaseImage, shopWith } from '../example-parts.ts'
import { defineRule } from '../rule.ts'

const project = (extra: string) => `
${releaseImage}
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              STORE_NAME: shoes${extra}
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/config.exs --
        import Config
        config :logger, level: :info
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop,
            name: System.fetch_env!("STORE_NAME"),
            stock_url: System.fetch_env!("STOCK_URL")
        end`

const withKey = (service: string) => `
${releaseImage}
        -- compose.yaml --
        services:
          web:
            ${service}
            healthcheck:
              disable: true
${shopWith(`
        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint,
            server: true,
            secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")
        end`)}`

export default defineRule({
  id: 'required-env-missing',
  gotcha: 'runtime-config',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a service does not get a variable without which the release stops at its start',
  incident: 'The container stops at its start, and again at each restart, before anything listens.',
  why: `\`System.fetch_env!/1\`, and \`System.get_env/1\` with \`|| raise\`, end the boot where the variable is not set. A
compose service gets nothing but what its image, its \`env_file\` and its \`environment\` give; a variable of the shell
or of \`.env\` reaches it only where the compose file names it.`,
  links: [
    'https://hexdocs.pm/elixir/System.html#fetch_env!/1',
    'https://docs.docker.com/compose/how-tos/environment-variables/',
  ],
  examples: [
    {
      title: 'a variable that the compose file does not pass on',
      bad: marked(project(''), 'System.fetch_env!("STOCK_URL")'),
      good: project('\n              STOCK_URL: https://stock.acme-tools.org'),
    },
    {
      title: 'a secret that only the build has',
      bad: marked(
        withKey('build:\n              context: .\n              args: [SECRET_KEY_BASE]'),
        'System.get_env("SECRET_KEY_BASE")',
      ),
      good: withKey(
        'build: .\n            environment:\n              SECRET_KEY_BASE: ${SECRET_KEY_BASE:?set it in .env}',
      ),
    },
  ],
  *check({ deployments }) {
    for (const deployment of deployments) {
      const { boot, service } = deployment
      const missing = boot && service && (stopsFor(boot) ?? missedBy(deployment))
      if (!service || !missing) continue
      yield {
        message: `the service \`${service.name}\` stops at its start: \`${missing.name}\` is not set`,
        span: missing.span,
        related: missing.value.trail,
        fixes: fixesOf(service, missing),
      }
    }
  },
})

/** The fix that lets the service ask for the variable where Compose is called. */
function fixesOf(service: Service, { name }: Read): readonly Fix[] {
  const edit = givenVariable(service, name, demanded(name))
  return edit
    ? [{ title: `Give \`${name}\` to the service by \`.env\` or the shell`, safety: 'unsafe', edits: [edit] }]
    : []
}

/** The variable for whose absence the boot surely stops. */
function stopsFor({ crashes, reads }: Boot): Read | undefined {
  const crash = crashes.find((one) => one.during === 'boot' && one.certainty === 'certain')
  if (crash === undefined || !isOfMissing(crash.error.type)) return undefined
  return reads.findLast((read) => read.during === 'boot' && read.required && read.value.kind === 'unset')
}

/** The variable whose absence something else does not take, such as `String.to_integer/1`. */
function missedBy(deployment: Deployment): Read | undefined {
  const read = stopOf(deployment)?.culprit?.read
  return read?.value.kind === 'unset' ? read : undefined
}
