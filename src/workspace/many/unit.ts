import { fileProblem } from '../../files/decode.ts'
import { isUnder } from '../../files/folders.ts'
import type { Kept } from '../../files/kept.ts'
import { noMasking } from '../../masking/masking.ts'
import { showFindings } from '../../masking/shown.ts'
import { pairs } from '../../text/pairs.ts'
import { type Checked, type CheckOptions, checkAll, nothingLooked } from '../check.ts'
import { openCounted } from '../counted.ts'
import type { OpenOptions, Surroundings } from '../options.ts'
import { pathFrom } from '../paths.ts'
import { done, type Result, type Wrong } from '../result.ts'
import { unreadable } from '../unreadable.ts'
import type { OpenProject, Workspace } from '../workspace.ts'
import { checkedOf, keptText } from './kept.ts'
import { keyOf } from './key.ts'
import type { Unit } from './plan.ts'

/** So many projects, or so many characters of them, are checked together: what they need is in memory meanwhile. */
const together = { projects: 32, characters: 500_000 }

/**
 * Opens and checks projects, in their order, as many at a time as can be checked together; what is kept of one that has not
 * changed is taken for it.
 */
export async function* checkUnits(
  units: readonly Unit[],
  at: Surroundings,
  options: OpenOptions,
  asked: CheckOptions,
  kept?: Kept,
): AsyncGenerator<readonly Result<Checked>[], undefined> {
  let open: OpenUnit[] = []
  let size = 0
  for (const [index, unit] of units.entries()) {
    const one = openedOf(unit, await openCounted(unit.names, at, options), asked, kept)
    open.push(one)
    size += charactersOf(one)
    if (open.length < together.projects && size < together.characters && index < units.length - 1) continue
    yield await checkTogether(open, asked, kept)
    open = []
    size = 0
  }
  return undefined
}

/** A unit that was opened: its answer, where that is known, else what is to be checked, and by which key that is kept. */
type OpenUnit = { readonly unit: Unit } & (
  | { readonly answer: Result<Checked> }
  | { readonly answer?: never; readonly workspace: Workspace; readonly key: string | undefined }
)

function openedOf(unit: Unit, opened: Result<Workspace>, asked: CheckOptions, kept: Kept | undefined): OpenUnit {
  if (opened.kind === 'wrong') return { unit, answer: opened }
  const workspace = opened.value
  const [project, ...others] = workspace.projects
  if (kept === undefined || project === undefined || others.length > 0 || workspace.unreached.length > 0)
    return { unit, workspace, key: undefined }
  const own = withoutFolder(project, kept.folder)
  const key = keyOf(own, workspace.cwd, asked)
  const text = kept.get(key)
  const known = text === undefined ? undefined : checkedOf(text)
  return known ? { unit, answer: done(known) } : { unit, workspace: { ...workspace, projects: [own] }, key }
}

/** How much text there is to be checked. */
const charactersOf = (one: OpenUnit): number =>
  one.answer
    ? 0
    : one.workspace.projects.flatMap(({ tree }) => tree.sources).reduce((sum, { text }) => sum + text.length, 0)

async function checkTogether(
  open: readonly OpenUnit[],
  asked: CheckOptions,
  kept: Kept | undefined,
): Promise<readonly Result<Checked>[]> {
  const unknown = open.flatMap((one) => (one.answer ? [] : [one]))
  const checked = await checkAll(
    unknown.map(({ workspace }) => workspace),
    asked,
  )
  const told = pairs(unknown, checked)
  const answers = new Map<OpenUnit, Result<Checked>>(told)
  // What failed may not fail again.
  for (const [{ key }, answer] of told)
    if (key !== undefined && answer.kind === 'done' && answer.value.analysis.failures.length === 0)
      kept?.put(key, keptText(answer.value))
  return open.flatMap((one) => {
    const answer = one.answer ?? answers.get(one)
    if (answer === undefined) return []
    return [answer.kind === 'wrong' && one.unit.isFound ? done(unchecked(one.unit, answer)) : answer]
  })
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
