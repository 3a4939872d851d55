import type { Tree } from '../../files/tree.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import { unbuiltContainer } from '../container/unbuilt.ts'
import { worldOf } from '../follow/frame.ts'
import { codeOf } from '../phoenix/code.ts'
import { type MixApp, mixApps, unseenApp } from '../phoenix/mix.ts'
import type { Service } from '../services/service.ts'
import type { Given } from '../shipping/given.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { contextAt } from '../stage-files/context.ts'
import { bootOf } from './boot.ts'
import type { Deployment } from './deployment.ts'

/**
 * The deployment of a project that no Dockerfile builds, or of a folder with nothing but `config/`; undefined where there is no
 * config either. `service` runs an image that is built elsewhere.
 */
export function unbuiltDeployment(
  tree: Tree,
  elixir: readonly ElixirFile[],
  given: Given | undefined,
  service?: Service,
  shipping?: Shipping,
): Deployment | undefined {
  const config = elixir.find(({ source }) => /(^|\/)config\/[^/]+\.exs$/.test(source.path))
  if (config === undefined) return undefined
  const app = mainAppOf(mixApps(elixir.filter((file) => /(^|\/)mix\.exs$/.test(file.source.path))))
  const { source } = app.file ?? config
  const container = unbuiltContainer({
    world: worldOf(tree, [app]),
    context: contextAt(tree, app.folder, undefined),
    app,
    code: codeOf(elixir.filter((file) => /(^|\/)lib\//.test(file.source.path))),
    span: { source, start: 0, end: 0 },
    service,
    given,
    shipping,
  })
  return { ...container, boot: bootOf(container) }
}

const mainAppOf = (apps: readonly MixApp[]): MixApp =>
  apps.find((app) => app.folder === '') ?? apps.find((app) => app.umbrella) ?? apps[0] ?? unseenApp
