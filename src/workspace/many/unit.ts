import { fileProblem } from '../../files/decode.ts'
import { isUnder } from '../../files/folders.ts'
import type { Kept } from '../../files/kept.ts'
import { noMasking } from '../../masking/masking.ts'
import { showFindings } from '../../masking/shown.ts'
import { type Checked, type CheckOptions, check, nothingLooked } from '../check.ts'
import { openCounted } from '../counted.ts'
import type { OpenOptions, Surroundings } from '../options.ts'
import { pathFrom } from '../paths.ts'
import { done, type Result, type Wrong } from '../result.ts'
import { unreadable } from '../unreadable.ts'
import type { OpenProject, Workspace } from '../workspace.ts'
import { checkedOf, keptText } from './kept.ts'
import { keyOf } from './key.ts'
import type { Unit } from './plan.ts'

/** Opens and checks one project of several; what is kept of one that has not changed is taken for it. */
export async function checkUnit(
  unit: Unit,
  at: Surroundings,
  options: OpenOptions,
  asked: CheckOptions,
  kept?: Kept,
): Promise<Result<Checked>> {
  const opened = await openCounted(unit.names, at, options)
  const checked = opened.kind === 'wrong' ? opened : await checkOnce(opened.value, asked, kept)
  return checked.kind === 'wrong' && unit.isFound ? done(unchecked(unit, checked)) : checked
}

async function checkOnce(workspace: Workspace, asked: CheckOptions, kept: Kept | undefined): Promise<Result<Checked>> {
  const [project, ...others] = workspace.projects
  if (kept === undefined || project === undefined || others.length > 0 || workspace.unreached.length > 0)
    return check(workspace, asked)
  const own = withoutFolder(project, kept.folder)
  const key = keyOf(own, workspace.cwd, asked)
  const text = kept.get(key)
  const known = text === undefined ? undefined : checkedOf(text)
  if (known) return done(known)
  const checked = await check({ ...workspace, projects: [own] }, asked)
  // What failed may not fail again.
  if (checked.kind === 'done' && checked.value.analysis.failures.length === 0) kept.put(key, keptText(checked.value))
  return checked
}

/** A project without a folder (absolute) that is none of its own, though it may lie in it. */
function withoutFolder(project: OpenProject, folder: string): OpenProject {
  const path = pathFrom(project.root, folder)
  if (path.startsWith('../')) return project
  const { tree } = project
  const isOwn = (one: { readonly path: string }) => !isUnder(one.path, path)
  return { ...project, tree: { ...tree, entries: tree.entries.filter(isOwn), sources: tree.sources.filter(isOwn) } }
}

/** A project that could not be opened, as a finding of it: the others of its folder are checked all the same. */
function unchecked({ path }: Unit, { message, problems }: Wrong): Checked {
  const broken = (problems ?? [fileProblem(path, message)]).map((problem) => unreadable(problem, 'error'))
  return {
    analysis: showFindings(
      { diagnostics: broken, read: [], notes: [], failures: [], looked: nothingLooked },
      noMasking,
    ),
    fails: true,
    unseen: true,
    gone: [],
  }
}
