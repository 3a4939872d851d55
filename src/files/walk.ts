import type { Problem } from '../text/diagnostic.ts'
import { decodeText, fileProblem } from './decode.ts'
import { type GitIgnores, isGitIgnored, withGitIgnore } from './gitignore.ts'
import { type Entry, type Host, ReadFailure } from './host.ts'
import type { TreeEntry } from './tree.ts'

/** How much of a host is looked at. */
export interface WalkLimits {
  readonly entries: number
  /** In folders below the root. */
  readonly depth: number
}

/** The listing of a host. */
export interface Walk {
  readonly entries: readonly TreeEntry[]
  readonly problems: readonly Problem[]
  /** What was left out, where a limit was hit. */
  readonly truncated: string | undefined
}

interface WalkedFolder {
  readonly path: string
  readonly ignores: GitIgnores
  readonly ignored: boolean
}

/** Lists what is below the root of a host, level by level. Folders that git ignores are named and not entered. */
export async function walk(host: Host, limits: WalkLimits): Promise<Walk> {
  const entries: TreeEntry[] = []
  const problems: Problem[] = []
  let level: readonly WalkedFolder[] = [{ path: '', ignores: [], ignored: false }]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limits.depth) {
      return { entries, problems, truncated: `folders deeper than ${limits.depth} are left out` }
    }
    const next: WalkedFolder[] = []
    for (const folder of level) {
      const listed = await listFolder(host, folder, limits.entries + 1 - entries.length)
      if (listed.problem) problems.push(listed.problem)
      entries.push(...listed.entries)
      if (entries.length > limits.entries) {
        const truncated = `only the first ${limits.entries} files and folders are looked at`
        return { entries: entries.slice(0, limits.entries), problems, truncated }
      }
      next.push(...listed.enter)
    }
    level = next
  }
  return { entries, problems, truncated: undefined }
}

interface ListedFolder {
  readonly entries: readonly TreeEntry[]
  readonly enter: readonly WalkedFolder[]
  readonly problem?: Problem
}

async function listFolder(host: Host, folder: WalkedFolder, most: number): Promise<ListedFolder> {
  try {
    const found = await host.list(folder.path, most)
    const ignores = await ignoresIn(host, folder, found)
    const names = new Set(found.map((entry) => entry.name))
    const entries: TreeEntry[] = []
    const enter: WalkedFolder[] = []
    for (const entry of found.slice(0, folder.ignored ? mostShallow : undefined)) {
      const { kind, size, executable } = entry
      const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`
      const ignored = folder.ignored || isGitIgnored(ignores, kind === 'folder' ? `${path}/` : path)
      entries.push({ path, kind, size, executable, gitIgnored: ignored && entry.name !== '.git' })
      if (kind !== 'folder' || isMade(entry.name, names)) continue
      if (!ignored || isShallow(path)) enter.push({ path, ignores, ignored })
    }
    return { entries, enter }
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error
    return { entries: [], enter: [], problem: fileProblem(folder.path || '.', `the folder ${reasonOf(error)}`) }
  }
}

const reasonOf = (error: ReadFailure) => (error.reason === 'denied' ? 'may not be read' : 'cannot be read')

async function ignoresIn(host: Host, folder: WalkedFolder, found: readonly Entry[]): Promise<GitIgnores> {
  const file = found.find((entry) => entry.name === '.gitignore' && entry.kind === 'file')
  if (!file || folder.ignored) return folder.ignores
  try {
    const path = folder.path === '' ? file.name : `${folder.path}/${file.name}`
    const decoded = decodeText(path, await host.read(path))
    return decoded.problem ? folder.ignores : withGitIgnore(folder.ignores, folder.path, decoded.source.text)
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error
    return folder.ignores
  }
}

const alwaysMade = new Set(['.git', '_build', 'node_modules', '.elixir_ls', '.lexical', '.expert', '.direnv', '.venv'])
const madeByMix = new Set(['deps', 'cover', 'doc'])

/** Whether a tool makes the folder of that name, wherever it is. */
export const isAlwaysMade = (name: string): boolean => alwaysMade.has(name)

/** Whether a tool makes the folder of that name; `beside` are the names next to it. */
const isMade = (name: string, beside: ReadonlySet<string>) =>
  alwaysMade.has(name) || (madeByMix.has(name) && beside.has('mix.exs'))

const mostShallow = 500

/** Whether a folder is listed although git ignores it: `priv/static` with what lies directly in it, and where env files lie. */
const isShallow = (path: string) =>
  /(^|\/)(priv\/static(\/[^/]+)?|\.?(envs?|secrets?|docker|deploy|config))$/.test(path)
