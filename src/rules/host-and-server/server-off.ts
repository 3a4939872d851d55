import { posix } from 'node:path'
import type { ArgInstruction, EnvInstruction, Pair } from '../../languages/dockerfile/types.ts'
import type { BootRead } from '../../model/boot/boot.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import type { Endpoint } from '../../model/boot/endpoint.ts'
import { placeOf, placesOf } from '../../model/boot/trail.ts'
import { endpointIn, given, isWorker, likely, subjectOf } from '../../model/facts/boots.ts'
import { exportedInVain } from '../../model/facts/named-elsewhere.ts'
import { type Flag, flagOf, silentOf, turnedOffBy } from '../../model/facts/server-flags.ts'
import type { Project } from '../../model/project/project.ts'
import type { Fix, Label } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import { isWithin } from '../../text/source.ts'
import { givenVariable } from '../edits/compose.ts'
import { beforeStart, withoutPair } from '../edits/dockerfile.ts'
import { hasOwnRuntime } from '../edits/literal.ts'
import { inRuntimeConfig } from '../edits/runtime-config.ts'
import { throughServer } from '../edits/start.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'server-off',
  gotcha: 'host-and-server',
  severity: 'error',
  fix: 'unsafe',
  noFix: 'a fix needs a runtime.exs of its own, or a start in view and a variable that turns it on',
  ofImages: true,
  summary: 'the release starts without its web server',
  incident:
    'The container is up and healthy to look at, nothing listens on its port, and the log says so in one info line only.',
  remedy: 'Start the server: `server: true`, `bin/server`, or `PHX_SERVER=true` where runtime.exs reads it',
  why: `A release starts the endpoint's server only where its config says \`server: true\`. The \`runtime.exs\` that Phoenix
generates asks \`PHX_SERVER\` for it; \`bin/server\` of the release sets that variable, \`bin/my_app start\` does not.`,
  links: [
    'https://hexdocs.pm/phoenix/releases.html',
    'https://hexdocs.pm/phoenix/Phoenix.Endpoint.html#module-runtime-configuration',
  ],
  examples: [
    {
      title: 'started by bin/shop start, and PHX_SERVER set nowhere',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/server"]
        -- rel/overlays/bin/server --
        #!/bin/sh
        cd -P -- "$(dirname -- "$0")"
        PHX_SERVER=true exec ./shop start
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true`,
      bad: `
        -- rel/overlays/bin/server --
        (removed)
        -- Dockerfile: CMD ["/app/bin/server"] --
        CMD ["/app/bin/shop", "start"]
            ^^^^^^^^^^^^^^^^^^^^^^^^^^`,
    },
    {
      title: 'PHX_SERVER set in the stage that builds',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        ENV PHX_SERVER=true
        CMD ["/app/bin/shop", "start"]
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true`,
      bad: `
        -- Dockerfile: ENV MIX_ENV=prod --
        ENV MIX_ENV=prod PHX_SERVER=true
                         ^^^^^^^^^^^^^^^
        -- Dockerfile: ENV PHX_SERVER=true --`,
      fixed: true,
    },
    {
      title: 'bin/shop start, and bin/server beside it',
      on: 'phoenix',
      good: `
        -- Dockerfile: CMD ["/app/bin/shop", "start"] --
        CMD ["/app/bin/server"]
        -- rel/overlays/bin/server --
        #!/bin/sh
        cd -P -- "$(dirname -- "$0")"
        PHX_SERVER=true exec ./shop start
        -- config/config.exs: + --
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs: if config_env() == :prod do … http: [port: 4000] --
        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true`,
      bad: `
        -- Dockerfile: CMD ["/app/bin/server"] --
        CMD ["/app/bin/shop", "start"]
            ^^^^^^^^^^^^^^^^^^^^^^^^^^`,
      fixed: true,
    },
  ],
  *check(project) {
    for (const deployment of project.deployments) {
      const { server } = deployment
      const silent = silentOf(deployment, project)
      if (!silent || silent.ignored || isWorker(deployment, project)) continue
      const called = server?.written
      const at = called ?? server?.span ?? deployment.span
      const { boot, endpoint } = silent
      const other = turnedOffBy(boot, endpoint)
      if (other) {
        const server = endpoint.at('server')
        const read = { span: other.span, text: `\`${other.name}\` is read here` }
        const trail = server ? placesOf(server) : [...other.value.trail, read]
        const place = placeOf(trail) ?? other
        yield {
          message: `${subjectOf(deployment)} listens on nothing: ${wordsOf(other)}`,
          span: place.span,
          related: trail.filter((label) => label !== place),
          remedy: `Give \`${other.name}\` a value with which the server is on, if this is to serve`,
          noFix: 'it may be off on purpose',
        }
        continue
      }
      const switching = flagOf(boot, endpoint)
      const flag = switching?.read
      // Whoever says how an image without a CMD starts may set it.
      if (flag && !server) continue
      const related: Label[] = [...(server?.via ?? [])]
      if (called && server) related.push({ span: server.span, text: 'it is called here' })
      const misplaced = flag && setElsewhere(deployment, flag.name)
      if (misplaced) related.push({ span: at, text: 'the release is started here, without it' })
      if (flag) related.push({ span: flag.span, text: `\`${flag.name}\` is read here` })
      if (flag) related.push(...exportedInVain(deployment, flag.name))
      const certain = endpoint.listens === 'no'
      if (!certain && (flag === undefined || mayBeSet(flag.value) || isInEnvFile(flag.name, deployment, project)))
        continue
      const off =
        certain &&
        boot.writes.findLast(
          (write) => write.path.at(-1) === 'server' && write.path.includes(`Elixir.${endpoint.name}`),
        )
      if (off) related.push({ span: off.span, text: 'this is the `server` that counts' })
      const cause = flag
        ? `\`${flag.name}\` is ${misplaced ? 'set only in a stage that does not run' : 'not set'}`
        : `${boot.runtime ? '' : 'it has no `runtime.exs`, and '}its config has no \`server: true\``
      yield {
        message: `${subjectOf(deployment)} listens on nothing: ${cause}`,
        span: misplaced?.pair.span ?? at,
        related,
        // What is written behind a stop would change nothing.
        fixes:
          off || !deployment.boot?.settled ? [] : turningOn(project, deployment, silent.endpoint, switching, misplaced),
        ...(switching && switching.read.name !== 'PHX_SERVER'
          ? { remedy: `Set \`${switching.read.name}\` to \`${switching.value}\` where the release starts` }
          : {}),
        ...(off ? { noFix: 'it may be off on purpose' } : {}),
        ...(deployment.boot?.settled === false
          ? { noFix: 'the config stops before its end, which has to be mended first' }
          : {}),
        ...(certain && server ? {} : likely),
      }
    }
  },
})

/** That a variable has a value with which the server is off. */
const wordsOf = ({ name, value }: BootRead): string =>
  `\`${name}\` is ${value.kind === 'known' && value.value !== '' ? `\`${value.value}\`` : 'empty'}, with which its server is off`

/** Whether an env file beside the Dockerfile, which somebody may start the container with, sets a variable. */
const isInEnvFile = (name: string, { dockerfile, app }: Deployment, { tree }: Project): boolean =>
  tree.sources.some(
    ({ path, text }) =>
      /(^|\/)(\.env(\.[\w.-]+)?|[\w.-]+\.env|env\.\w+)$/.test(path) &&
      [posix.dirname(dockerfile?.source.path ?? ''), app?.folder || '.'].includes(posix.dirname(path)) &&
      new RegExp(`^\\s*(export\\s+)?${name}\\s*=\\s*\\S`, 'm').test(text),
  )

/** Whether something in view sets it, if only under a condition. */
const mayBeSet = (value: Known<string>): boolean =>
  value.kind === 'unknown' && (value.isSet === true || value.trail.length > 0)

interface Misplaced {
  readonly instruction: EnvInstruction | ArgInstruction
  readonly pair: Pair
}

/** An ENV or ARG of the name in a stage that does not ship. */
function setElsewhere(deployment: Deployment, name: string): Misplaced | undefined {
  const { dockerfile, ships } = deployment
  for (const instruction of dockerfile?.instructions ?? []) {
    if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue
    const pair = instruction.pairs.find((one) => one.name === name && one.value !== undefined)
    if (pair && !(ships && isWithin(pair.span, ships.stage.span))) return { instruction, pair }
  }
  return undefined
}

/** The fix that starts the server: by `bin/server` where the release has it, else by the variable that is asked. */
function turningOn(
  project: Project,
  deployment: Deployment,
  endpoint: Endpoint,
  switching: Flag | undefined,
  misplaced: Misplaced | undefined,
): readonly Fix[] {
  const { service, app, ships, dockerfile, boot } = deployment
  if (switching === undefined) {
    const pair = app?.name &&
      hasOwnRuntime(deployment) && { of: `:${app.name}, ${endpoint.name}`, key: 'server', value: 'true' }
    const written = pair && inRuntimeConfig(project, app, pair)
    return written
      ? [{ title: `Let \`${endpoint.name}\` listen in production`, safety: 'unsafe', edits: [written] }]
      : []
  }
  const { value } = switching
  const flag = switching.read.name
  if (endpointIn(boot && given(boot, flag, value), endpoint)?.at('server')?.kind !== 'atom') return []
  const gone = misplaced && withoutPair(misplaced.instruction, misplaced.pair)
  const rest = gone ? [gone] : []
  const called = flag === 'PHX_SERVER' ? throughServer(deployment) : undefined
  if (called) return [{ title: 'Start the release by `bin/server`', safety: 'unsafe', edits: [called, ...rest] }]
  const isInView = ships !== undefined && ships.stage.span.source === dockerfile?.source
  const written = service
    ? givenVariable(service, flag, value)
    : isInView && beforeStart(ships.stage, `ENV ${flag}=${value}`)
  return written
    ? [{ title: `Set \`${flag}\` where the release starts`, safety: 'unsafe', edits: [written, ...rest] }]
    : []
}
