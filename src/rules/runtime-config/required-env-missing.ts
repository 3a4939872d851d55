import type { Boot } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import type { Read } from '../../model/facts/boots.ts'
import { isOfMissing, stopOf } from '../../model/facts/crashes.ts'
import type { Service } from '../../model/services/service.ts'
import type { Fix } from '../../text/diagnostic.ts'
import { demanded, givenVariable } from '../edits/compose.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'required-env-missing',
  gotcha: 'runtime-config',
  severity: 'error',
  fix: 'unsafe',
  summary: 'a service does not get a variable without which the release stops at its start',
  incident: 'The container stops at its start, and again at each restart, before anything listens.',
  remedy: 'Give the variable where the container is started',
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
      on: 'phoenix',
      good: `
        -- lib/shop_web/endpoint.ex --
        (removed)
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              STORE_NAME: shoes
              STOCK_URL: https://stock.acme-tools.org
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop,
          name: System.fetch_env!("STORE_NAME"),
          stock_url: System.fetch_env!("STOCK_URL")`,
      bad: `
        -- compose.yaml: STOCK_URL: https://stock.acme-tools.org --
        -- config/runtime.exs: stock_url: System.fetch_env!("STOCK_URL") --
        stock_url: System.fetch_env!("STOCK_URL")
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'a secret that only the build has',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env}
            healthcheck:
              disable: true
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: http: [port: 4000] --
        secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")`,
      bad: `
        -- compose.yaml: build: . … SECRET_KEY_BASE: \${SECRET_KEY_BASE:?set it in .env} --
        build:
          context: .
          args: [SECRET_KEY_BASE]
        -- config/runtime.exs: secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing") --
        secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
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
