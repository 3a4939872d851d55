import type { Value } from '../../languages/elixir/values/value.ts'
import type { BootRead } from '../../model/boot/boot.ts'
import { isScript, ownPlaces, placeOf, placesOf } from '../../model/boot/trail.ts'
import { keyName } from '../../model/boot/why.ts'
import { type Booted, bootsOf, doubtfulBootsOf, likely, settledWith, startReads } from '../../model/facts/boots.ts'
import { trials } from '../../model/facts/crashes.ts'
import { lostMailClient } from '../../model/facts/mailers.ts'
import { isUnfilled } from '../../model/facts/secrets/unfilled.ts'
import { isServedByText } from '../../model/facts/server-flags.ts'
import { type KeyAbort, stopsAtStart } from '../../model/outcome/aborts.ts'
import type { Project } from '../../model/project/project.ts'
import type { Label } from '../../text/diagnostic.ts'
import { isWithin, sameSpan } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'config-refused',
  gotcha: 'runtime-config',
  severity: 'error',
  stops: false,
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
    for (const { deployment, boot, who, doubt } of bootsOf(project)) {
      const client = lostMailClient(deployment, boot)
      if (client)
        yield {
          message: `${who} stops at its start: \`swoosh\` sends by \`${client.name}\`, which is no dependency`,
          why: 'The application of Swoosh starts its client: "missing dependency", and the release ends.',
          remedy: 'Set `config :swoosh, :api_client` to the client that there is, or to `false` where none is needed',
          span: client.span,
          stops: true,
          ...doubt,
        }
    }
    for (const booted of doubtfulBootsOf(project)) {
      const { deployment, boot, who, doubt } = booted
      for (const abort of stopsAtStart(deployment, boot, project.code)) {
        if (!abort.certain || isOfAnother(abort, boot) || isForProvider(abort, boot)) continue
        const culprit = culpritOf(abort, booted, project)
        const read = culprit?.read
        const place = culprit?.text ?? (read && placeOf(read.value.trail))
        const span = place?.span ?? abort.span
        if (span === undefined) continue
        const set =
          culprit?.text && read ? ownPlaces(read.value.trail).filter((label) => !sameSpan(label.span, read.span)) : []
        const isTemplate = read?.value.kind === 'known' && isUnfilled(read.value.value, span)
        const cause = causeOf(abort, culprit, boot.at(...abort.path)?.kind === 'integer')
        yield {
          message: isTemplate
            ? `${who} stops at its start if nobody replaces \`${read.name}\`, a placeholder, before this Secret is applied`
            : `${who} stops at its start: ${cause}`,
          remedy: isTemplate
            ? `Replace \`${read.name}\` by its real value before the Secret is applied`
            : remedyFor(abort, culprit),
          span,
          related: read ? [...set, { span: read.span, text: `\`${read.name}\` is read here` }] : [],
          ...(isTemplate ? likely : {}),
          ...doubt,
        }
      }
    }
  },
})

/** Whether `log-level-invalid` or `server-flag-misread` tells of it. */
const isOfAnother = ({ path }: KeyAbort, boot: Booted['boot']): boolean =>
  path[0] === 'logger' || (path.at(-1) === 'server' && boot.endpoints.some(isServedByText))

/** Whether the value is `{:system, …}`, which a provider of the release's own replaces (Confex and others). */
const isForProvider = ({ path }: KeyAbort, boot: Booted['boot']): boolean =>
  boot.doubt !== undefined && asksSystem(boot.at(...path) ?? boot.at(...path.slice(0, 2)))

const asksSystem = (value: Value | undefined): boolean => {
  if (value?.kind === 'list') return value.items.some(asksSystem)
  if (value?.kind !== 'tuple') return false
  const [tag, ...others] = value.items
  return (tag?.kind === 'atom' && tag.name === 'system') || others.some(asksSystem)
}

/** The variable whose value is refused. */
interface RefusedVariable {
  readonly read: BootRead
  /** Where a script puts it into a text in which it breaks what stands around it; escaped, it would not. */
  readonly text?: Label
}

/**
 * The variable that the value comes from, and not one that only decided which of the texts of the script it is. Of several
 * it is the one with another value of which the app starts.
 */
function culpritOf(abort: KeyAbort, { boot, deployment }: Booted, { code }: Project): RefusedVariable | undefined {
  const places = ownPlaces(placesOf(boot.at(...abort.path)))
  const reads = startReads(deployment, boot).filter(
    ({ value, span }) => value.kind !== 'unset' && places.some((label) => sameSpan(label.span, span)),
  )
  const [first] = reads
  if (first === undefined || reads.length === 1) return first && { read: first }
  const startsWith = (read: BootRead, value: string) => {
    const other = settledWith(boot, read.name, value)
    const same = ({ path }: KeyAbort) => path.join('.') === abort.path.join('.')
    return other !== undefined && !stopsAtStart(deployment, other, code).some(same)
  }
  const texts = places.filter(({ span, reads }) => reads === undefined && isScript(span.source.path))
  const text = texts.find(({ span }) => !reads.some((read) => isWithin(read.span, span))) ?? texts[0]
  for (const read of abort.reason.kind === 'database-url' ? reads : []) {
    const escaped = read.value.kind === 'known' ? escapedText(read.value.value) : undefined
    if (escaped !== undefined && startsWith(read, escaped)) return text ? { read, text } : { read }
  }
  const read = reads.find((one) => trials.some((trial) => trial !== undefined && startsWith(one, trial))) ?? first
  return { read }
}

/** As URI.encode_www_form/1 gives it; undefined where that is the same. */
function escapedText(text: string): string | undefined {
  const escaped = encodeURIComponent(text).replaceAll('%20', '+')
  return escaped === text ? undefined : escaped
}

/** What is to be done, in one line. */
function remedyFor({ path, reason }: KeyAbort, culprit: RefusedVariable | undefined): string {
  const { read, text } = culprit ?? {}
  const name = `\`${read?.name ?? keyName(path.slice(1))}\``
  if (text) return 'Escape the part with `URI.encode_www_form/1` where it is put in'
  if (isQuoted(read)) return `Write ${name} without the quotes`
  if (reason.kind === 'database-url') return `Write ${name} as \`ecto://USER:PASSWORD@HOST/DATABASE\``
  switch (path.at(-1)) {
    case 'pool_size':
      return `Give ${name} a whole number from 1 on`
    case 'port':
      return `Give ${name} a whole number, as \`String.to_integer/1\` makes it of a text`
    case 'server':
      return `Give ${name} \`true\` or \`false\``
    case 'ip':
      return `Give ${name} a tuple of numbers, such as \`{0, 0, 0, 0}\``
    case 'http':
    case 'https':
      return `Give ${name} options that its web server knows`
    default:
      return `Give ${name} what the library that reads it takes`
  }
}

const isQuoted = (read: BootRead | undefined): boolean =>
  read?.value.kind === 'known' && /^(["']).*\1$/s.test(read.value.value)

/** Without the value itself, which may be a secret. */
function causeOf({ path, reason, message }: KeyAbort, culprit: RefusedVariable | undefined, isNumber: boolean): string {
  const { read, text } = culprit ?? {}
  if (read && text) return `\`${read.name}\` has characters that end a part of the URL, into which it is put as it is`
  if (read && isQuoted(read)) return `the quotes around \`${read.name}\` are a part of its value`
  const name = read ? `\`${read.name}\`` : `\`${keyName(path.slice(1))}\``
  if (reason.kind === 'database-url')
    return `${name} is no URL of a database${reason.flaw === undefined ? '' : `: ${reason.flaw}`}`
  if (path.at(-1) === 'pool_size')
    return isNumber ? `${name} asks for no connection at all` : `${name} is no number of connections`
  return reason.kind === 'raised' ? reason.message : message
}
