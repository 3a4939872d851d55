import { resolve } from 'node:path'
import { largestText } from '../files/decode.ts'
import { discover } from '../files/discover.ts'
import { type Content, listedSight } from '../files/door/listed.ts'
import { type Host, ReadFailure } from '../files/host.ts'
import { toldToCompose } from './compose/choice.ts'
import type { OpenOptions } from './options.ts'
import { pathFrom } from './paths.ts'
import { openProject } from './project.ts'
import { done, type Result } from './result.ts'
import { oddIn, targetsOf } from './targets.ts'
import type { Workspace } from './workspace.ts'

/** How the project of a host is opened. Paths are relative to its root. */
export interface HostOptions extends Pick<OpenOptions, 'compose' | 'settings' | 'baseline'> {
  /** Files that stand for the others of their kind; the project as a whole where absent. */
  readonly names?: readonly string[]
}

/** Where the root of a host is taken to be. Nobody sees it: paths are shown relative to it. */
const root = resolve('/project')
const home = resolve('/home')

/**
 * Opens the project of a host of any kind: what is in an editor, in a repository, in memory. Wrong where a name is not
 * there or is of no kind that is checked, or where the settings are. A file that the host cannot read (`ReadFailure`) is
 * a finding of `check`; whatever else the host throws is passed on.
 *
 * @example
 * const host: Host = {
 *   list: async (folder) => myEntries(folder),
 *   read: async (path) => myBytes(path) ?? Promise.reject(new ReadFailure(path, 'absent')),
 * }
 * const opened = await openHost(host)
 * if (opened.kind === 'wrong') throw new Error(opened.message)
 * const checked = await check(opened.value)
 */
export async function openHost(host: Host, options: HostOptions = {}): Promise<Result<Workspace>> {
  const { names = ['.'] } = options
  const at = { cwd: root, env: { HOME: home } }
  const named = names.map((name) => pathFrom(root, resolve(root, name)))
  const found = await discover(host, { named })
  const contents = new Map<string, Content>(
    found.sources.map(({ path, text }) => [path, { kind: 'bytes', bytes: new TextEncoder().encode(text) }]),
  )
  for (;;) {
    const sight = listedSight(root, found.entries, contents)
    const opened = openListed()
    if (sight.missed.size === 0) return opened
    for (const path of sight.missed) contents.set(path, await contentOf(path, host))

    function openListed(): Result<Workspace> {
      const targets = targetsOf(names, '-', root, sight)
      if (targets.kind === 'wrong') return targets
      const odd = oddIn(targets.value, sight)
      if (odd) return odd
      const told = toldToCompose(options.compose ?? {}, root, sight)
      if (told.kind === 'wrong') return told
      const files = targets.value.filter(({ kind }) => kind !== 'folder').map(({ path }) => pathFrom(root, path))
      const read = {
        tree: { sources: found.sources, entries: found.entries },
        problems: found.problems,
        truncated: found.truncated,
        root,
        targets: targets.value,
        named: files,
        alone: false,
      }
      const project = openProject(read, told.value, options, at, sight)
      return project.kind === 'wrong' ? project : done({ cwd: root, projects: [project.value], unreached: [] })
    }
  }
}

/** The bytes of a file of a host, or why there are none. */
async function contentOf(path: string, host: Host): Promise<Content> {
  try {
    const bytes = await host.read(path)
    return bytes.length > largestText
      ? { kind: 'large', size: bytes.length, limit: largestText }
      : { kind: 'bytes', bytes }
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error
    if (error.reason === 'absent') return { kind: 'missing', byLink: false }
    return { kind: 'unreadable', why: error.reason === 'denied' ? 'permission denied' : 'its host cannot give it' }
  }
}
