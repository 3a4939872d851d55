import type { Tree } from '../../files/tree.ts'
import { parseDockerfile } from '../../languages/dockerfile/parse.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import type { Source } from '../../text/source.ts'
import { worldOf } from '../follow/frame.ts'
import { codeOf } from '../phoenix/code.ts'
import { type MixApp, mixApps } from '../phoenix/mix.ts'
import type { Service } from '../services/service.ts'
import type { Given } from '../shipping/given.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { contextAt } from '../stage-files/context.ts'
import { buildOf } from '../stages/image.ts'
import type { Deployment } from './deployment.ts'
import { deploymentOf } from './deployment.ts'
import { standInPath } from './trail.ts'

/**
 * The deployment of a project that no Dockerfile builds: `mix release` on all that is there, started by `bin/NAME start`.
 * `mixFile` is an empty mix.exs, for a folder that holds nothing but `config/`. Undefined where there is no config either. `service`
 * runs an image that is built elsewhere.
 */
export function standInDeployment(
  tree: Tree,
  elixir: readonly ElixirFile[],
  mixFile: ElixirFile,
  given: Given | undefined,
  service?: Service,
  shipping?: Shipping,
): Deployment | undefined {
  if (!elixir.some(({ source }) => /(^|\/)config\/[^/]+\.exs$/.test(source.path))) return undefined
  const own = mixApps(elixir.filter((file) => /(^|\/)mix\.exs$/.test(file.source.path)))
  const apps = own.length > 0 ? own : mixApps([mixFile])
  const app = mainAppOf(apps)
  if (app === undefined) return undefined
  const world = worldOf(tree, [app])
  const dockerfile = parseDockerfile(dockerfileFor(app, given?.mixEnv ?? 'prod'))
  const context = contextAt(tree, app.folder, undefined)
  const build = buildOf(dockerfile, context, new Map(), world)
  const ships = build.stages.at(-1)
  if (ships === undefined) return undefined
  const code = codeOf(elixir.filter((file) => /(^|\/)lib\//.test(file.source.path)))
  // The image is not in view: it may set anything, and start the app in another way.
  const open = { is: false, why: 'the image is not in view', trail: [] }
  const shipment = {
    world,
    codeOf: () => code,
    context,
    dockerfile,
    build,
    ships,
    args: new Map(),
    service: service && { ...service, closed: open },
    given,
    shipping,
  }
  return deploymentOf(shipment)
}

const mainAppOf = (apps: readonly MixApp[]): MixApp | undefined =>
  apps.find((app) => app.folder === '') ?? apps.find((app) => app.umbrella) ?? apps[0]

function dockerfileFor(app: MixApp, mixEnv: string): Source {
  const name = app.defaultRelease ?? app.name ?? 'app'
  const text = `FROM elixir AS build
WORKDIR /build
ENV MIX_ENV=${mixEnv}
COPY . .
RUN mix release ${name} --path /release
FROM scratch
WORKDIR /app
COPY --from=build /release ./
CMD ["/app/bin/${name}", "start"]
`
  return { path: standInPath, text }
}
