import { nearest } from '../../text/nearest.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Lost } from '../stage-files/step.ts'
import type { World } from './frame.ts'

/** Tasks of Mix, Hex, Phoenix, Ecto and what builds assets (mix help). */
const known = new Set(
  `app.config app.start app.tree archive.build archive.install clean cmd compile compile.all deps deps.clean deps.compile
  deps.get deps.loadpaths deps.tree deps.unlock deps.update do escript.build escript.install eval format hex.audit hex.config
  hex.info hex.install hex.organization hex.outdated hex.repo hex.user iex loadconfig loadpaths local local.hex
  local.phx local.rebar new profile.eprof release release.init run test xref phx.digest phx.digest.clean phx.gen.cert
  phx.gen.release phx.gen.secret phx.routes phx.server ecto.create ecto.drop ecto.dump ecto.gen.migration ecto.load
  ecto.migrate ecto.migrations ecto.rollback esbuild esbuild.install tailwind tailwind.install sass sass.install
  gettext.extract gettext.merge sentry.package_source_code sentry.recompile distillery.release phoenix.digest
  phoenix.server credo dialyzer sobelow docs help`.split(/\s+/),
)

/** Aliases that `mix phx.new` writes, and that are no tasks of anybody's. */
const generated = ['assets.deploy', 'assets.build', 'assets.setup', 'ecto.setup', 'ecto.reset']

/** What is wrong with `--app` of an umbrella that has no app of that name: Mix runs nothing, and goes on (Mix.Tasks.Do, Mix.Tasks.Cmd). */
export function lostApp(name: string, app: MixApp | undefined): Exclude<Lost, { what: 'file' }> | undefined {
  const names = app?.children.flatMap((child) => child.name ?? []) ?? []
  if (!app?.umbrella || app.unread || names.length !== app.children.length || names.length === 0) return undefined
  if (names.includes(name) || !/^\w+$/.test(name)) return undefined
  return { what: 'app', name, near: nearest(name, names, 2), file: 'the umbrella' }
}

/** What is wrong with a task that is no alias: there is none of its name, and one of nearly that name. */
export function lostTask(
  name: string,
  app: MixApp | undefined,
  { tree }: World,
): Exclude<Lost, { what: 'file' }> | undefined {
  if (known.has(name) || app === undefined || app.unread) return undefined
  if (app.deps.some((one) => name === one.name || name.startsWith(`${one.name}.`)) || isOwnTask(name, tree))
    return undefined
  // Of a project that is put together the aliases are not all in view.
  if (app.name === undefined && !app.umbrella && app.nameless?.lacks !== 'app:') return undefined
  if (app.children.some((child) => child.aliases.has(name)))
    return { what: 'task', name, near: undefined, file: 'the root of the umbrella' }
  const near = nearest(name, [...app.aliases.keys(), ...known], name.length > 6 ? 2 : name.length > 4 ? 1 : 0)
  const isNear = near !== undefined && Math.abs(near.length - name.length) < 3
  if (!isNear && !generated.includes(name)) return undefined
  return { what: 'task', name, near: isNear ? near : undefined, file: 'Mix' }
}

/** Whether a file of the project has a task of Mix. */
function isOwnTask(name: string, tree: World['tree']): boolean {
  const files = [`lib/mix/tasks/${name}.ex`, `lib/mix/tasks/${name.replaceAll('.', '/')}.ex`]
  return tree.entries.some(({ path }) => files.some((file) => path.endsWith(file)))
}
