import { dirname } from 'node:path'
import { decodeText } from '../files/decode.ts'
import type { OpenDoor } from '../files/door/open.ts'
import { withSource } from '../files/tree.ts'
import { shippingOf } from '../settings/settings.ts'
import { doorOf } from '../cli/call/outside.ts'
import type { Call } from '../cli/call/flags.ts'
import type { Io } from '../cli/io/io.ts'
import { composeChoice } from './compose-choice.ts'
import { withComposeFiles } from './compose-files.ts'
import { openContext } from './context.ts'
import { entriesOf } from './entries.ts'
import type { Opened, OpenProject } from './workspace.ts'
import { problemsText } from '../cli/io/problems.ts'
import { isProject, nothingRead, pathFrom, type ReadProject, readProject, rootOf } from './folder.ts'
import { openSettings } from './settings.ts'
import { missingIn } from './missing.ts'
import { readAll } from './stdin.ts'
import { type Target, targetsOf } from './targets.ts'

/**
 * Reads the projects of `names` (files, folders or `-`), each once, with the compose flags of the call; or the one tar
 * of a build context. `mayLeadOut`: whether a named file may be a link that leads out, of which nothing may be quoted.
 */
export async function openProjects(names: readonly string[], call: Call, io: Io, mayLeadOut = false): Promise<Opened> {
  const door = await doorOf(names, call, io)
  const found = targetsOf(names, call.one('stdin-filename') ?? 'Dockerfile', io.cwd, door, mayLeadOut)
  if (found.kind === 'wrong') return found
  const context = await openContext(found.targets, call, io, door)
  if (context.kind !== 'none') return context
  const choice = composeChoice(call, io, door)
  if (choice.kind === 'wrong') return choice
  const projects: OpenProject[] = []
  for (const [root, targets] of await byProject(found.targets, io)) {
    const read = await readTargets(root, targets, choice.paths, { ...io, stdin: context.stdin }, door)
    const entries = entriesOf(targets, root, read.tree)
    const compose = choice.under(root)
    const own = openSettings(root, folderOf(targets, root), call, io, door)
    if (own.kind === 'wrong') return own
    const { settings, folder } = own
    const shipping = shippingOf(settings)
    const composed = read.alone
      ? { ...read, services: undefined, remarks: [] }
      : withComposeFiles(read, root, entries, compose, shipping, io, door)
    const missing = read.alone ? [] : missingIn(settings, composed.tree, composed.services)
    if (missing.length > 0) return { kind: 'wrong', message: problemsText(missing, root, io) }
    projects.push({
      root,
      targets,
      tree: composed.tree,
      options: { entries, compose, settings },
      settingsFolder: folder,
      problems: composed.problems,
      truncated: read.truncated,
      remarks: composed.remarks,
      named: read.named,
      door,
    })
  }
  return { kind: 'opened', projects, unreached: found.targets.filter(({ kind }) => kind === 'unreadable') }
}

/** Where the settings of targets are looked for: in the folder of the first one. */
function folderOf(targets: readonly Target[], root: string): string {
  const [first] = targets
  if (first === undefined) return root
  return first.kind === 'folder' ? first.path : dirname(first.path)
}

/** The targets by the root of the project that they belong to, in the order in which they were named. */
async function byProject(targets: readonly Target[], io: Io): Promise<ReadonlyMap<string, readonly Target[]>> {
  const groups = new Map<string, readonly Target[]>()
  for (const target of targets) {
    if (target.kind === 'unreadable') continue
    const root = await rootOf(target.kind === 'stdin' ? dirname(target.path) : target.path, io)
    groups.set(root, [...(groups.get(root) ?? []), target])
  }
  return groups
}

interface ReadTargets extends ReadProject {
  /** Paths that the user named. */
  readonly named: readonly string[]
  /** Whether it is a text without a project around it. */
  readonly alone: boolean
}

/** The project of some targets. A text from the standard input stands in it at its path; alone, where there is no project. */
async function readTargets(
  root: string,
  targets: readonly Target[],
  more: readonly string[],
  io: Io,
  door: OpenDoor,
): Promise<ReadTargets> {
  const files = targets.filter(({ kind }) => kind === 'file').map(({ path }) => pathFrom(root, path))
  const named = [...files, ...more.map((path) => pathFrom(root, path)).filter((path) => !path.startsWith('../'))]
  const stdin = targets.find(({ kind }) => kind === 'stdin')
  if (stdin === undefined) return { ...(await readProject(root, named, door)), named, alone: false }
  const alone = targets.length === 1 && more.length === 0 && !isProject(root, door)
  const around = alone ? nothingRead : await readProject(root, named, door)
  const path = pathFrom(root, stdin.path)
  const text = decodeText(path, await readAll(io.stdin))
  const others = around.problems.filter(({ span }) => span.source.path !== path)
  if (text.problem) {
    // Not the text that the disk has under this path.
    const tree = { ...around.tree, sources: around.tree.sources.filter((source) => source.path !== path) }
    return { ...around, tree, problems: [...others, text.problem], named: [...named, path], alone }
  }
  return { ...around, tree: withSource(around.tree, text.source), problems: others, named: [...named, path], alone }
}
