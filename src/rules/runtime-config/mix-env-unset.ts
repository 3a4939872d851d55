import { posix } from 'node:path'
import type { Deployment } from '../../model/boot/deployment.ts'
import { awaitsSources } from '../../model/container/awaited-sources.ts'
import { exportedInVain } from '../../model/facts/named-elsewhere.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Finding } from '../../text/diagnostic.ts'
import { textOf } from '../../text/source.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'mix-env-unset',
  gotcha: 'runtime-config',
  severity: 'error',
  summary: 'Mix runs the app without MIX_ENV, and so for development',
  incident:
    'The server runs the development config: its database, its secrets, code reloading, stack traces for everybody.',
  remedy: 'Set `MIX_ENV=prod` in the image that runs, or ship a release',
  why: `Where MIX_ENV is not set Mix takes \`dev\`, and the official images of Elixir set none. \`config/prod.exs\` and what
\`runtime.exs\` has for \`:prod\` are never evaluated. A service with published ports, a restart policy or a name that says
production is taken for production.`,
  links: ['https://hexdocs.pm/mix/Mix.html#module-environments'],
  examples: [
    {
      title: 'a service that is restarted',
      on: 'phoenix',
      good: `
        -- compose.yaml --
        services:
          web:
            build: .
            restart: unless-stopped
            healthcheck:
              disable: true
      `,
      bad: `
        -- Dockerfile --
        FROM elixir:1.18
        WORKDIR /app
        COPY . .
        RUN mix deps.get && mix compile
        RUN useradd app && chown -R app /app
        USER app
        CMD ["mix", "phx.server"]
            ^^^^^^^^^^^^^^^^^^^^^
      `,
    },
    {
      title: 'the image alone',
      on: 'phoenix',
      bad: `
        -- Dockerfile --
        FROM elixir:1.18
        WORKDIR /app
        COPY . .
        RUN mix deps.get && mix compile
        RUN useradd app && chown -R app /app
        USER app
        CMD ["mix", "phx.server"]
            ^^^^^^^^^^^^^^^^^^^^^
      `,
    },
  ],
  *check({ withoutMixEnv }) {
    for (const deployment of withoutMixEnv) {
      const found = against(deployment)
      if (found) yield found
    }
  },
})

function against(deployment: Deployment): Finding | undefined {
  const { server, service } = deployment
  if (server?.command.kind !== 'mix') return undefined
  if (service ? !isMeantForProduction(deployment) : copiesForDevelopment(deployment)) return undefined
  const who = service ? service.subject : 'the image'
  // Who starts `iex` wants to type something.
  const isInteractive = /^\W*iex\b/.test(textOf(server.span))
  const message = `${who} runs \`mix ${server.command.task}\` without MIX_ENV, and so for development`
  const related = [
    ...server.via,
    ...(service ? [{ span: service.span, text: 'nothing here sets MIX_ENV' }] : []),
    ...exportedInVain(deployment, 'MIX_ENV'),
  ]
  return {
    message,
    span: server.span,
    related,
    ...(service && !isInteractive ? {} : { severity: 'warning', certainty: 'likely' }),
  }
}

/** Whether the Dockerfile brings what is for development by its name: `COPY config/.env.dev .env`. */
const copiesForDevelopment = ({ dockerfile }: Deployment): boolean =>
  dockerfile?.instructions.some(
    (one) =>
      one.keyword === 'COPY' &&
      one.sources.some((word) => /(^|[^a-z])dev(elopment)?([^a-z]|$)/i.test(posix.basename(textOf(word.span)))),
  ) === true

/** Whether a service is meant for production; one that sees the sources of whoever calls Compose is not. */
function isMeantForProduction(deployment: Deployment): boolean {
  const { service, ships, dockerfile } = deployment
  if (service === undefined) return false
  const { mounts, ports, restart, name, span } = service
  const cwd = ships?.cwd.path ?? '/'
  const isSources = (target: string) =>
    cwd.startsWith(target) || /^(lib|config|apps|web)$/.test(below(cwd, target) ?? '')
  const isMounted = (isBind: boolean) => isBind || awaitsSources(deployment)
  if (mounts.some(({ isBind, target }) => isMounted(isBind) && isSources(target))) return false
  const names = [name, span.source.path, dockerfile?.source.path ?? ''].join(' ')
  return (
    ports.length > 0 ||
    /^(always|unless-stopped|on-failure)/.test(restart ?? '') ||
    /prod|deploy|release|live/i.test(names)
  )
}
