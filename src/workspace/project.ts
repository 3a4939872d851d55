import { dirname, resolve } from 'node:path'
import type { OpenSight } from '../files/door/open.ts'
import { homeOf } from '../files/home.ts'
import { isDockerfile } from '../files/names.ts'
import type { Tree } from '../files/tree.ts'
import { composeProjects } from '../model/shipping/compose-files.ts'
import type { Shipping } from '../model/shipping/shipping.ts'
import { shippingOf } from '../settings/settings.ts'
import { openBaseline } from './baseline.ts'
import type { ToldToCompose } from './compose/choice.ts'
import { withComposeFiles } from './compose/files.ts'
import type { ReadProject } from './folder.ts'
import { missingIn } from './missing.ts'
import type { OpenOptions, Surroundings } from './options.ts'
import { pathFrom } from './paths.ts'
import { done, type Result, wrongIn } from './result.ts'
import { openSettings } from './settings.ts'
import type { NamedTarget } from './targets.ts'
import type { OpenProject } from './workspace.ts'

/** A project whose files were read. */
export interface ReadTargets extends ReadProject {
  /** Absolute. */
  readonly root: string
  /** What of it was named. */
  readonly targets: readonly NamedTarget[]
  /** Paths that the user named. */
  readonly named: readonly string[]
  /** Whether it is a text without a project around it. */
  readonly alone: boolean
}

/** Opens a project whose files were read: its settings, what its compose files name, its baseline. */
export function openProject(
  read: ReadTargets,
  told: ToldToCompose,
  options: OpenOptions,
  { cwd, env }: Pick<Surroundings, 'cwd' | 'env'>,
  door: OpenSight,
): Result<OpenProject> {
  const { root, targets } = read
  const compose = told.under(root)
  const own = openSettings(root, folderOf(targets, root), options.settings, { cwd, env }, door)
  if (own.kind === 'wrong') return own
  const { settings } = own.value
  const shipping = shippingOf(settings)
  const entries = entriesOf(targets, root, read.tree, shipping)
  const composed = read.alone
    ? { ...read, services: undefined, remarks: [] }
    : withComposeFiles(read, {
        root,
        entries,
        choice: compose,
        shipping,
        home: homeOf(env),
        door,
      })
  const missing = read.alone ? [] : missingIn(settings, composed.tree, composed.services)
  if (missing.length > 0) return wrongIn(missing, (path) => pathFrom(cwd, resolve(root, path)))
  return done({
    root,
    targets,
    tree: composed.tree,
    options: { entries, compose, settings },
    baseline: openBaseline(options.baseline, own.value, cwd, door),
    problems: composed.problems,
    truncated: read.truncated,
    remarks: composed.remarks,
    named: read.named,
    door,
  })
}

/** Where the settings of targets are looked for: in the folder of the first one. */
function folderOf(targets: readonly NamedTarget[], root: string): string {
  const [first] = targets
  if (first === undefined) return root
  return first.kind === 'folder' ? first.path : dirname(first.path)
}

/**
 * The files that stand for the others of their kind: those that the user named, and of a folder inside a project its
 * own Dockerfiles and compose files. Empty where the project as a whole was named.
 */
function entriesOf(targets: readonly NamedTarget[], root: string, tree: Tree, shipping: Shipping): readonly string[] {
  const named = targets.map(({ kind, path }) => ({ kind, path: pathFrom(root, path) }))
  if (named.some(({ path }) => path === '')) return []
  const entries = named.flatMap(({ kind, path }) => (kind === 'folder' ? startsIn(path, tree, shipping) : [path]))
  return [...new Set(entries)]
}

function startsIn(folder: string, tree: Tree, shipping: Shipping): readonly string[] {
  const sources = tree.sources.filter(({ path }) => path.startsWith(`${folder}/`))
  const dockerfiles = sources.map(({ path }) => path).filter(isDockerfile)
  return [...dockerfiles, ...composeProjects({ ...tree, sources }, [], shipping).flat()]
}
