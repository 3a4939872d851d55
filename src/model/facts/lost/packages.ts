import { posix } from 'node:path'
import { sourceAt } from '../../../files/tree.ts'
import { oncePer } from '../../../text/once.ts'
import { type Span, textOf } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { lockedPackages } from '../../phoenix/lock.ts'
import { mixText } from '../../phoenix/mix.ts'
import { dependenciesOf } from '../needs/dependencies.ts'

/** A package whose module is named and that is not there in the environment of a release. */
export interface LostPackage {
  readonly name: string
  /** Where mix.exs has it for other environments; undefined where it has it not at all. */
  readonly elsewhere: Span | undefined
}

/** Modules and the packages that they are of and work by, of those that come along with no other package but by choice. */
const packages: readonly (readonly [RegExp, ...string[]])[] = [
  [/^Ecto\.Adapters\.Postgres$|^Postgrex\./, 'postgrex'],
  [/^Ecto\.Adapters\.MyXQL$/, 'myxql'],
  [/^Ecto\.Adapters\.Tds$/, 'tds'],
  [/^Ecto\.Adapters\.SQLite3$/, 'ecto_sqlite3'],
  [/^Bandit(\.PhoenixAdapter)?$/, 'bandit'],
  [/^Plug\.Cowboy$|^Phoenix\.Endpoint\.Cowboy2Adapter$/, 'plug_cowboy'],
  [/^DNSCluster$/, 'dns_cluster'],
  [/^Cluster\.Supervisor$/, 'libcluster'],
  [/^Oban$/, 'oban'],
  [/^Redix$/, 'redix'],
  [/^Cachex$/, 'cachex'],
  [/^Swoosh\.Adapters\.SMTP$/, 'swoosh', 'gen_smtp'],
  [/^Swoosh\.Adapters\.Mua$/, 'swoosh', 'mua'],
  [/^Swoosh\.(Mailer|Adapters\.\w+)$/, 'swoosh'],
  [/^Swoosh\.ApiClient\.Hackney$/, 'hackney'],
  [/^Swoosh\.ApiClient\.Finch$/, 'finch'],
  [/^Swoosh\.ApiClient\.Req$/, 'req'],
  [/^Sentry\.(PlugContext|PlugCapture|LoggerHandler)$/, 'sentry'],
  [/^ChromicPDF$/, 'chromic_pdf'],
]

function packagesFor(module: string): readonly string[] {
  const [, ...names] = packages.find(([modules]) => modules.test(module)) ?? [undefined]
  return names
}

/** The package of a module, where a deployment surely has not got it. */
export function lostPackageOf(module: string, deployment: Deployment): LostPackage | undefined {
  const wanted = packagesFor(module)
  const there = wanted.length === 0 ? undefined : packagesOf(deployment)
  const name = there && wanted.find((one) => !there.names.has(one))
  if (name === undefined || there === undefined) return undefined
  return { name, elsewhere: there.elsewhere.get(name) }
}

/** The packages of a deployment; undefined where mix.exs and mix.lock do not say all of them. */
const packagesOf = oncePer(({ app, release, world: { tree } }: Deployment) => {
  if (app?.file === undefined || app.unread) return undefined
  const all = [app, ...app.children].flatMap(({ deps }) => deps)
  const own = new Set([app, ...app.children].map((one) => one.name))
  const locked = lockedPackages(sourceAt(tree, posix.join(app.folder, 'mix.lock')))
  const wanted = new Set(dependenciesOf(app, undefined, tree).map((one) => one.name))
  const left = [...locked.keys()].filter((name) => !wanted.has(name))
  // Where mix.lock has more than mix.exs asks for, not all of that is here.
  const isWhole = locked.size > 0 && left.length < 2
  const isMade = [app, ...app.children].some((one) =>
    /\bdeps\b[^\n]*(\+\+|\|>|\bEnum\.|\bfor\b)|\]\s*(\+\+|\|>)/.test(mixText(one)),
  )
  // What comes along with these is not in mix.lock.
  const isOpen = all.some(({ name, span, git }) => {
    const text = textOf(span)
    const isPlain = git === undefined && !/\b(path|in_umbrella):/.test(text)
    return !isPlain && !own.has(name) && !/\bapp: false/.test(text)
  })
  if (!isWhole || isMade || isOpen) return undefined
  const names = new Set(dependenciesOf(app, release?.mixEnv ?? 'prod', tree).map((one) => one.name))
  const elsewhere = new Map(all.map(({ name, span }) => [name, span]))
  return { names, elsewhere }
})
