import { posix } from 'node:path'
import { sourceAt, type Tree } from '../../../files/tree.ts'
import type { Span } from '../../../text/source.ts'
import { type LockedPackage, lockedPackages } from '../../phoenix/lock.ts'
import type { Dependency } from '../../phoenix/mix/dependencies.ts'
import type { MixApp } from '../../phoenix/mix.ts'

/** A dependency of an app that a build surely has. */
export interface Needed {
  readonly name: string
  /** As mix.lock has it; undefined where it is not there. */
  readonly version: string | undefined
  /** The address from which git fetches it; undefined for one of Hex or of the project itself. */
  readonly git: string | undefined
  /** Where mix.exs or mix.lock names it. */
  readonly span: Span
}

/** The dependencies of an app, its umbrella's apps included, under `env`, and what comes along with them by mix.lock. */
export function dependenciesOf(app: MixApp, env: string | undefined, tree: Tree): readonly Needed[] {
  const path = posix.join(app.folder, 'mix.lock')
  const locked = lockedPackages(sourceAt(tree, path))
  const named = [app, ...app.children].flatMap(({ deps }) => deps.filter((one) => isThere(one, env)))
  const found = new Map<string, Needed>(named.map((one) => [one.name, written(one, locked.get(one.name))]))
  const waiting = [...found.keys()]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const next of locked.get(name)?.needs ?? []) {
      const one = locked.get(next)
      if (one === undefined || found.has(next)) continue
      found.set(next, one)
      waiting.push(next)
    }
  }
  return [...found.values()]
}

/** Whether a dependency is there under an environment; under each where none is said. */
const isThere = ({ only }: Dependency, env: string | undefined): boolean =>
  only === undefined || env === undefined || only.includes(env)

const written = ({ name, git, span }: Dependency, locked: LockedPackage | undefined): Needed => ({
  name,
  version: locked?.version,
  git,
  span,
})
