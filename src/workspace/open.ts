import { dirname } from 'node:path'
import { decodeText, unreadSource } from '../files/decode.ts'
import type { OpenDoor } from '../files/door/open.ts'
import { projectRoot } from '../files/root.ts'
import { withSource } from '../files/tree.ts'
import { toldToCompose } from './compose/choice.ts'
import { openContext } from './context.ts'
import { doorOf, usualStdin } from './door.ts'
import { isProject, nothingRead, readProject } from './folder.ts'
import type { OpenOptions, Surroundings } from './options.ts'
import { pathFrom } from './paths.ts'
import { openProject, type ReadTargets } from './project.ts'
import { done, type Result } from './result.ts'
import { readAll } from './stdin.ts'
import { type NamedTarget, oddIn, targetsOf } from './targets.ts'
import type { OpenProject, Workspace } from './workspace.ts'

/**
 * Opens the projects of `names`, each once: files, folders, `-` for the standard input, or the tar of one build context.
 * A name that is not there or is of no kind that is checked, settings that are wrong and services that do not exist make
 * the call wrong.
 *
 * @example
 * const opened = await openWorkspace(['.'], { cwd: process.cwd(), env: process.env, stdin: process.stdin })
 * if (opened.kind === 'wrong') throw new Error(opened.message)
 * const checked = await check(opened.value)
 */
export async function openWorkspace(
  names: readonly string[],
  at: Surroundings,
  options: OpenOptions = {},
): Promise<Result<Workspace>> {
  const { cwd } = at
  const door = doorOf(names, options, at)
  const targets = targetsOf(names, options.stdinPath ?? usualStdin, cwd, door, options.mayLeadOut)
  if (targets.kind === 'wrong') return targets
  const context = await openContext(targets.value, options, at, door)
  if (context.kind === 'wrong') return context
  const { isContext, project, unreached, stdin } = context.value
  if (isContext) return done({ cwd, projects: project ? [project] : [], unreached })
  const odd = oddIn(targets.value, door)
  if (odd) return odd
  const told = toldToCompose(options.compose ?? {}, cwd, door)
  if (told.kind === 'wrong') return told
  const projects: OpenProject[] = []
  for (const [root, own] of byProject(targets.value, door)) {
    const read = await readTargets(root, own, told.value.paths, stdin, door)
    const opened = openProject(read, told.value, options, at, door)
    if (opened.kind === 'wrong') return opened
    projects.push(opened.value)
  }
  return done({ cwd, projects, unreached: targets.value.filter(({ kind }) => kind === 'unreadable') })
}

/** The targets by the root of the project that they belong to, in the order in which they were named. */
function byProject(targets: readonly NamedTarget[], { probes }: OpenDoor): ReadonlyMap<string, readonly NamedTarget[]> {
  const groups = new Map<string, readonly NamedTarget[]>()
  for (const target of targets) {
    if (target.kind === 'unreadable') continue
    const root = projectRoot(target.kind === 'stdin' ? dirname(target.path) : target.path, probes)
    groups.set(root, [...(groups.get(root) ?? []), target])
  }
  return groups
}

/** The project of some targets. A text from the standard input stands in it at its path; alone, where there is no project. */
async function readTargets(
  root: string,
  targets: readonly NamedTarget[],
  more: readonly string[],
  input: Surroundings['stdin'],
  door: OpenDoor,
): Promise<ReadTargets> {
  const files = targets.filter(({ kind }) => kind === 'file').map(({ path }) => pathFrom(root, path))
  const named = [...files, ...more.map((path) => pathFrom(root, path)).filter((path) => !path.startsWith('../'))]
  const stdin = targets.find(({ kind }) => kind === 'stdin')
  if (stdin === undefined) return { ...(await readProject(root, named, door)), root, targets, named, alone: false }
  const alone = targets.length === 1 && more.length === 0 && !isProject(root, door)
  const around = alone ? nothingRead : await readProject(root, named, door)
  const path = pathFrom(root, stdin.path)
  const text = decodeText(path, await readAll(input))
  const others = around.problems.filter(({ span }) => span.source.path !== path)
  const own = { ...around, root, targets, named: [...named, path], alone }
  if (!text.problem) return { ...own, tree: withSource(around.tree, text.source), problems: others }
  // Not the text that the disk has under this path.
  return { ...own, tree: withSource(around.tree, unreadSource(text.problem)), problems: [...others, text.problem] }
}
