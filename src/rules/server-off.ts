import { isWithin } from '../model/boot/trail.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Project } from '../model/project.ts'
import type { Label } from '../text/diagnostic.ts'
import type { Known } from '../text/known.ts'
import type { Span } from '../text/source.ts'
import { subjectOf } from './boots.ts'
import { shopSources } from './example-parts.ts'
import { defineRule } from './rule.ts'
import { silentOf, turnsOn } from './server-flags.ts'

const image = (start: string) => `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix release

        FROM debian:bookworm-slim
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop /app
        USER nobody
        ${start}`

export default defineRule({
  id: 'server-off',
  gotcha: 'host-and-server',
  severity: 'error',
  ofImages: true,
  summary: 'the release starts without its web server',
  incident:
    'The container is up and healthy to look at, nothing listens on its port, and the log says so in one info line only.',
  why: `A release starts the endpoint's server only where its config says \`server: true\`. The \`runtime.exs\` that Phoenix
generates asks \`PHX_SERVER\` for it; \`bin/server\` of the release sets that variable, \`bin/my_app start\` does not.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html',
    'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-runtime-configuration',
  ],
  examples: [
    {
      title: 'started by bin/shop start, and PHX_SERVER set nowhere',
      bad: `${image('CMD ["/app/bin/shop", "start"]')}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^
${shopSources}`,
      good: `${image('CMD ["/app/bin/server"]')}
        -- rel/overlays/bin/server --
        #!/bin/sh
        cd -P -- "$(dirname -- "$0")"
        PHX_SERVER=true exec ./shop start
${shopSources}`,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { server } = deployment
      const silent = silentOf(deployment, project)
      if (!server || !silent || silent.ignored || isWorker(deployment, project)) continue
      const { boot, endpoint } = silent
      const flag = boot.reads.find((read) => turnsOn(boot, read.name, endpoint.name))
      const related: Label[] = [...server.via]
      const misplaced = flag && setElsewhere(deployment, flag.name)
      if (misplaced) related.push({ span: server.span, text: 'the release is started here, without it' })
      if (flag) related.push({ span: flag.span, text: `\`${flag.name}\` is asked here` })
      const certain = endpoint.listens === false
      if (!certain && (flag === undefined || isSurelySet(flag.value))) continue
      const off =
        certain &&
        boot.writes.findLast(
          (write) => write.path.at(-1) === 'server' && write.path.includes(`Elixir.${endpoint.name}`),
        )
      if (off) related.push({ span: off.span, text: 'this is the `server` that counts' })
      const cause = flag
        ? `\`${flag.name}\` is ${misplaced ? 'set only in a stage that does not run' : 'not set'}`
        : 'its config has no `server: true`'
      yield {
        message: `${subjectOf(deployment)} listens on nothing: ${cause}`,
        span: misplaced ?? server.span,
        related,
        ...(certain ? {} : { severity: 'warning', certainty: 'likely' }),
      }
    }
  },
})

const isSurelySet = (value: Known<string>): boolean => value.kind === 'unknown' && value.isSet === true

/** An ENV or ARG of the name in a stage that does not ship. */
function setElsewhere(deployment: Deployment, name: string): Span | undefined {
  const { dockerfile, ships } = deployment
  for (const instruction of dockerfile?.instructions ?? []) {
    if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue
    const pair = instruction.pairs.find((one) => one.name === name && one.value !== undefined)
    if (pair && !(ships && isWithin(pair.span, ships.stage.span))) return pair.span
  }
  return undefined
}

/** A service that serves nothing on purpose: it publishes no port, and another one of the same image listens. */
function isWorker(deployment: Deployment, project: Project): boolean {
  const { service, dockerfile } = deployment
  if (service === undefined || service.ports.length > 0) return false
  return project.deployments.some(
    (other) =>
      other !== deployment &&
      other.dockerfile === dockerfile &&
      other.boot?.endpoints.some((one) => one.listens !== false),
  )
}
