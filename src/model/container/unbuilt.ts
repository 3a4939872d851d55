import { known, unset } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { World } from '../follow/frame.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { releasesIn } from '../stage-files/releases.ts'
import type { Context, Release } from '../stage-files/types.ts'
import { hooksOf, outside, probesOf, runnerOf, type Shipment, serverIn, startEnvironment } from './contain.ts'
import type { Container } from './container.ts'
import { type Execution, run, startOf, stepsIn } from './start.ts'

/** What a container is made of that no Dockerfile in view builds. */
export interface Unbuilt extends Pick<Shipment, 'service' | 'given' | 'shipping'> {
  readonly world: World
  readonly context: Context
  readonly app: MixApp
  readonly code: Code
  /** What shows that there is a project: the place of what is assumed of it. */
  readonly span: Span
}

const startsNothing = { shell: undefined, entrypoint: undefined, cmd: undefined, healthcheck: undefined }

/**
 * The container of a project that no Dockerfile builds: `mix release` is run on all that is there, and `bin/NAME start`
 * starts it in /app, where `service` says nothing else. The image itself is not in view: it may set any variable.
 */
export function unbuiltContainer(unbuilt: Unbuilt): Container {
  const { world, context, app, code, service, given, shipping, span } = unbuilt
  const closed = { is: false, why: 'the image is not here', trail: [] }
  const environment = startEnvironment(unbuilt, () => unset(), [], service ? closed : outside)
  const name = app.defaultRelease ?? app.name ?? 'app'
  const release = assembled(unbuilt, name)
  const cause = { span, runs: 'always' } as const
  const writes = release ? [{ kind: 'made', target: '/app', artifact: release, cause } as const] : []
  const files = { base: undefined, writes }
  const ships = { ...startsNothing, files, cwd: { path: '/app' } }
  const execution: Execution = { world, context, ships, service, env: environment.get }
  const words = [`/app/bin/${name}`, 'start'].map((text) => ({ text, span }))
  const isSaid = service?.entrypoint !== undefined || service?.command !== undefined
  const start = isSaid ? startOf(execution) : stepsIn(execution, (frame) => run(words, frame))
  return {
    world,
    code,
    given,
    service: service && { ...service, closed },
    dockerfile: undefined,
    build: undefined,
    ships: undefined,
    lost: start.filter(({ lost }) => lost !== undefined),
    start,
    server: serverIn(start),
    runs: runnerOf(start, release),
    release,
    app: release?.app ?? app,
    environment,
    health: probesOf(execution, shipping?.health),
    hooks: hooksOf(execution),
    span: service?.span ?? span,
  }
}

/** The release that `mix release` assembles of all that is there. */
function assembled({ world, context, given, span }: Unbuilt, name: string): Release | undefined {
  const env = new Map([['MIX_ENV', known(given?.mixEnv ?? 'prod')]])
  const copied = {
    kind: 'copy',
    target: '/build',
    cause: { span, runs: 'always' },
    from: { in: 'context', context, path: context.root },
  } as const
  const files = { base: undefined, writes: [copied] }
  const ships = { files, cwd: { path: '/build' }, ...startsNothing }
  let release: Release | undefined
  stepsIn({ world, context, ships, service: undefined, env: (variable) => env.get(variable) ?? unset() }, (frame) => {
    const words = ['mix', 'release', name, '--path', '/release'].map((text) => ({ text, span }))
    run(words, frame)
    release = releasesIn(frame.draft)[0]?.release
  })
  return release
}
