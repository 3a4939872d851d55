import type { BootRead } from '../../model/boot/boot.ts'
import { ownPlaces, placeOf, placesOf } from '../../model/boot/trail.ts'
import { keyName } from '../../model/boot/why.ts'
import { type Booted, doubtfulBootsOf, startReads } from '../../model/facts/boots.ts'
import { type KeyAbort, stopsAtStart } from '../../model/outcome/aborts.ts'
import { sameSpan } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'config-refused',
  gotcha: 'runtime-config',
  severity: 'error',
  summary: 'the config has a value that Ecto, Phoenix or the web server does not start with',
  incident: 'The config is read without an error, and then the app stops, and again at each restart.',
  remedy: 'Give the library the value that it takes',
  why: `\`runtime.exs\` only hands values on. Whether a text is the URL of a database, a port or an address shows when the
repo and the endpoint start. What often is at fault are quotes: \`- NAME="value"\` in a compose file, \`format: raw\` and
\`docker run --env-file\` keep them as a part of the value.`,
  links: [
    'https://hexdocs.pm/ecto/Ecto.Repo.html#module-urls',
    'https://hexdocs.pm/bandit/Bandit.html#t:options/0',
    'https://docs.docker.com/reference/compose-file/services/#environment',
  ],
  examples: [
    {
      title: 'quotes in a list of variables',
      on: 'release',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              - PHX_HOST=shop.acme-tools.org
              - SECRET_KEY_BASE
              - DATABASE_URL=ecto://db.acme-tools.org/shop
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"],
            http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000],
            secret_key_base: System.fetch_env!("SECRET_KEY_BASE")
        end`,
      bad: `
        -- compose.yaml: - DATABASE_URL=ecto://db.acme-tools.org/shop --
        - DATABASE_URL="ecto://db.acme-tools.org/shop"
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'an option of Cowboy for Bandit',
      on: 'phoenix',
      good: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, … http: [port: 4000] --
        config :shop, ShopWeb.Endpoint, server: true, adapter: Bandit.PhoenixAdapter
        config :shop, ShopWeb.Endpoint, http: [http_1_options: [max_requests: 5000]]`,
      bad: `
        -- config/runtime.exs: config :shop, ShopWeb.Endpoint, http: [http_1_options: [max_requests: 5000]] --
        config :shop, ShopWeb.Endpoint, http: [protocol_options: [idle_timeout: 5000]]
                                                                                ^^^^`,
    },
  ],
  *check(project) {
    for (const booted of doubtfulBootsOf(project)) {
      const { deployment, boot, who, doubt } = booted
      for (const abort of stopsAtStart(deployment, boot, project.code)) {
        if (!abort.certain || isOfAnother(abort) || isForProvider(abort, boot)) continue
        const culprit = culpritOf(abort, booted)
        const place = culprit && placeOf(culprit.value.trail)
        const span = place?.span ?? abort.span
        if (span === undefined) continue
        yield {
          message: `${who} stops at its start: ${causeOf(abort, culprit, boot.at(...abort.path)?.kind === 'integer')}`,
          span,
          related: culprit ? [{ span: culprit.span, text: `\`${culprit.name}\` is read here` }] : [],
          ...doubt,
        }
      }
    }
  },
})

/** Whether `log-level-invalid` or `server-flag-misread` tells of it. */
const isOfAnother = ({ path }: KeyAbort): boolean => path[0] === 'logger' || path.at(-1) === 'server'

/** Whether the value is `{:system, …}`, which a provider of the release's own replaces (Confex and others). */
const isForProvider = ({ message, reason }: KeyAbort, { doubt }: Booted['boot']): boolean =>
  doubt !== undefined && (reason.kind === 'raised' ? reason.message : message).includes('{:system,')

/** The variable that the value comes from, and not one that only decided which of the texts of the script it is. */
function culpritOf({ path }: KeyAbort, { boot, deployment }: Booted): BootRead | undefined {
  const places = ownPlaces(placesOf(boot.at(...path)))
  return startReads(deployment, boot).find(
    ({ value, span }) => value.kind === 'known' && places.some((label) => sameSpan(label.span, span)),
  )
}

/** Without the value itself, which may be a secret. */
function causeOf({ path, reason, message }: KeyAbort, culprit: BootRead | undefined, isNumber: boolean): string {
  const value = culprit?.value.kind === 'known' ? culprit.value.value : ''
  if (culprit && /^(["']).*\1$/s.test(value)) return `the quotes around \`${culprit.name}\` are a part of its value`
  const name = culprit ? `\`${culprit.name}\`` : `\`${keyName(path.slice(1))}\``
  if (reason.kind === 'database-url')
    return `${name} is no URL of a database${reason.flaw === undefined ? '' : `: ${reason.flaw}`}`
  if (path.at(-1) === 'pool_size')
    return isNumber ? `${name} asks for no connection at all` : `${name} is no number of connections`
  return reason.kind === 'raised' ? reason.message : message
}
