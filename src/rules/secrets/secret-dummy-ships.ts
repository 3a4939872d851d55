import { environmentOf } from '../../languages/dockerfile/scope.ts'
import { isOf, isScript, placeOf, trailOf } from '../../model/boot/trail.ts'
import { allBootsOf, type Booted } from '../../model/facts/boots.ts'
import { onOneMachine } from '../../model/facts/secrets/one-machine.ts'
import { imagesOf } from '../../model/facts/secrets/shipped-secrets.ts'
import { publisherOf } from '../../model/secrets/published.ts'
import { isCookieName, isDummy, isSecretName } from '../../model/secrets/secrets.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'secret-dummy-ships',
  gotcha: 'secrets',
  severity: 'error',
  ofImages: true,
  summary: 'a dummy for the build stands in for a secret in the image that ships',
  incident:
    'The secret is forgotten on the server, nothing complains, and sessions are signed with a word that all can read.',
  remedy: 'Give the dummy to the one command that needs it: `RUN SECRET_KEY_BASE=dummy mix …`',
  why: `A build sometimes wants \`SECRET_KEY_BASE\` to be there, and any word will do. As ENV of the stage that ships the word
stays: the guard in runtime.exs that should stop a boot without the secret finds one and lets it pass.`,
  links: ['https://hexdocs.pm/phoenix/deployment.html#handling-of-your-application-secrets'],
  examples: [
    {
      title: 'ENV for the sake of the build',
      on: 'phoenix',
      good: `
        -- Dockerfile: RUN mix release --
        RUN SECRET_KEY_BASE=dummy mix deps.get && mix release
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: server: true, … http: [port: 4000] --
        secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")
        -- config/runtime.exs: + --

        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true
        end`,
      bad: `
        -- Dockerfile: RUN SECRET_KEY_BASE=dummy mix deps.get && mix release --
        RUN mix deps.get && mix release
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV SECRET_KEY_BASE=dummy
            ^^^^^^^^^^^^^^^^^^^^^
        CMD ["/app/bin/shop", "start"]`,
    },
    {
      title: 'a placeholder that nobody replaces',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: server: true, … http: [port: 4000] --
        secret_key_base: System.get_env("SECRET_KEY_BASE") || raise("SECRET_KEY_BASE is missing")
        -- config/runtime.exs: + --

        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true
        end`,
      bad: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV SECRET_KEY_BASE=replace_me_when_it_runs
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        CMD ["/app/bin/shop", "start"]`,
    },
  ],
  *check(project) {
    for (const { deployment, ships } of imagesOf(project)) {
      const { dockerfile, build, environment, boot } = deployment
      if (dockerfile === undefined) continue
      for (const [name, variable] of environmentOf(dockerfile, ships.stage, build?.args)) {
        const { value } = variable
        if (value.kind !== 'known' || !mustBeSecret(name) || isCookieName(name) || !isPlaceholder(value.value)) continue
        const given = environment.get(name)
        const { service } = deployment
        const isReplaced = given.kind !== 'known' || given.value !== value.value
        if (isReplaced && !service?.given.has(name)) continue
        const read = boot?.reads.find((one) => one.name === name && one.during === 'boot')
        if (read === undefined) continue
        yield {
          message: `the image ships with a dummy for \`${name}\`, so nothing stops a boot without the real one${isReplaced ? `, which \`${service?.name}\` gives it here` : ''}`,
          span: variable.span,
          related: [{ span: read.span, text: isReplaced ? 'this would find the dummy' : 'this finds the dummy' }],
          ...(isReplaced ? { severity: 'info' } : {}),
        }
      }
    }
    for (const booted of allBootsOf(project)) yield* givenByServices(booted)
  },
})

/** The placeholders that compose files and env files leave an endpoint to sign with. */
function* givenByServices({ deployment: { service }, boot, endpoints, who }: Booted): Iterable<Finding> {
  if (service === undefined || onOneMachine(service)) return
  for (const endpoint of endpoints) {
    const key = endpoint.at('secret_key_base')
    // A short one stops the requests, which is told of that.
    if (key?.kind !== 'binary' || !isPlaceholder(key.text) || new TextEncoder().encode(key.text).length < 64) continue
    const trail = trailOf(key)
    const place = placeOf(trail)
    const { path } = place?.span.source ?? {}
    if (place === undefined || path === undefined || isScript(path) || /dockerfile|containerfile/i.test(path)) continue
    const read = boot.reads.find((one) => trail.some((label) => isOf(label, one)))
    yield {
      message: `${who} signs with a placeholder${read ? ` for \`${read.name}\`` : ''} that everybody can read`,
      why: 'Whoever can read the repository can sign sessions of whomever they like.',
      remedy: 'Take the secret from `.env` or the shell that calls Compose',
      span: place.span,
      related: trail.filter((label) => label !== place),
      severity: 'warning',
      certainty: 'likely',
    }
  }
}

const mustBeSecret = (name: string) => isSecretName(name) || name === 'DATABASE_URL'

/** Whether a value is there to be replaced; the weak passwords of databases are another matter. */
const isPlaceholder = (value: string) =>
  isDummy(value) &&
  publisherOf(value) === undefined &&
  !/^(postgres(ql)?|mysql|mariadb|redis|root|admin|user|guest|true|false|yes|no|on|off)$/i.test(value)
