import { placeOf } from '../../model/boot/trail.ts'
import { keyName } from '../../model/boot/why.ts'
import { type Booted, bootsOf, type Read, readsIn, startReads } from '../../model/facts/boots.ts'
import { type KeyAbort, stopsAtStart } from '../../model/outcome/aborts.ts'
import { marked, releaseImage, shopWith } from '../example-parts.ts'
import { askingAction, healthSources, probedImage } from '../health-parts.ts'
import { defineRule } from '../rule.ts'

const project = (variable: string) => `
${probedImage('HEALTHCHECK CMD curl -fsS http://localhost:4000/health')}
        -- compose.yaml --
        services:
          web:
            build: .
            environment:
              - PHX_HOST=shop.acme-tools.org
              - SECRET_KEY_BASE
              - ${variable}
${healthSources(askingAction)}`

const bandit = (option: string) => `
${releaseImage}
${shopWith(`
        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint, server: true, adapter: Bandit.PhoenixAdapter
          config :shop, ShopWeb.Endpoint, http: [${option}]
        end`)}`

export default defineRule({
  id: 'config-refused',
  gotcha: 'runtime-config',
  severity: 'error',
  summary: 'the config has a value that Ecto, Phoenix or the web server does not start with',
  incident: 'The config is read without an error, and then the app stops, and again at each restart.',
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
      bad: marked(project('DATABASE_URL="ecto://db/shop"'), '"ecto://db/shop"'),
      good: project('DATABASE_URL=ecto://db/shop'),
    },
    {
      title: 'an option of Cowboy for Bandit',
      bad: marked(bandit('protocol_options: [idle_timeout: 5000]'), '5000'),
      good: bandit('http_1_options: [max_requests: 5000]'),
    },
  ],
  *check(project) {
    for (const booted of bootsOf(project)) {
      const { deployment, boot, who, doubt } = booted
      for (const abort of stopsAtStart(deployment, boot, project.code)) {
        if (!abort.certain || isOfAnother(abort)) continue
        const culprit = culpritOf(abort, booted)
        const place = culprit && placeOf(culprit.value.trail)
        const span = place?.span ?? abort.span
        if (span === undefined) continue
        yield {
          message: `${who} stops at its start: ${causeOf(abort, culprit)}`,
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

/** The variable that the value comes from. */
const culpritOf = ({ path }: KeyAbort, { boot, deployment }: Booted): Read | undefined =>
  readsIn(
    boot.at(...path),
    startReads(deployment, boot).filter(({ value }) => value.kind === 'known'),
  )[0]

/** Without the value itself, which may be a secret. */
function causeOf({ path, reason, message }: KeyAbort, culprit: Read | undefined): string {
  const value = culprit?.value.kind === 'known' ? culprit.value.value : ''
  if (culprit && /^(["']).*\1$/s.test(value)) return `the quotes around \`${culprit.name}\` are a part of its value`
  const name = culprit ? `\`${culprit.name}\`` : `\`${keyName(path.slice(1))}\``
  if (reason.kind === 'database-url')
    return `${name} is no URL of a database${reason.flaw === undefined ? '' : `: ${reason.flaw}`}`
  if (path.at(-1) === 'pool_size') return `${name} is no number of connections`
  return reason.kind === 'raised' ? reason.message : message
}
