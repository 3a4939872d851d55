import { resolve } from 'node:path'
import { type Analysis, type AnalyzeOptions, analyze, analyzeAll } from '../analyze.ts'
import { fileProblem } from '../files/decode.ts'
import { noMasking } from '../masking/masking.ts'
import { joinShown, type Said, type Shown, showFindings } from '../masking/shown.ts'
import type { Looked } from '../model/project/looked.ts'
import { unreadableFile } from '../settings/ids.ts'
import { byPaths } from '../settings/ignores/suppress.ts'
import { type Asked, fails, isAsked, thresholdOf, withSeverity } from '../settings/policy.ts'
import { noSettings } from '../settings/settings.ts'
import type { Diagnostic, Severity } from '../text/diagnostic.ts'
import { pairs } from '../text/pairs.ts'
import { withoutBaseline } from './baseline.ts'
import { pathFrom, wholeProject } from './paths.ts'
import { rebase } from './rebase.ts'
import { done, type Result } from './result.ts'
import { scopeTo } from './scope.ts'
import { failuresOf, saysUnseen, unreadable } from './unreadable.ts'
import type { OpenProject, Workspace } from './workspace.ts'

/** What is asked of the rules, and what of their answers fails. */
export interface CheckOptions extends Omit<Asked, 'settings'> {
  /** Whether what comments and settings ignore is reported as well. */
  readonly noIgnores?: boolean
  /** The least severity that fails; where absent what the settings say, else `warning`. */
  readonly failOn?: Severity | 'never' | undefined
}

/** What was found. */
export interface Checked {
  /** The findings, masked; the paths are those that the user sees: relative to the working directory. */
  readonly analysis: Shown<Said>
  /** Whether there is something that fails. */
  readonly fails: boolean
  /** Whether something was not seen that should have been: then nothing is clean. */
  readonly unseen: boolean
  /** Of each baseline how many of its findings are gone; only those of which some are. */
  readonly gone: readonly { readonly path: string; readonly count: number }[]
}

/**
 * Asks the rules about all that was opened. The findings are complete: with the files that could not be read, without
 * what a baseline holds. Wrong where a baseline cannot be read. Never throws at what a project says.
 *
 * @example
 * const checked = await check(workspace, { failOn: 'error' })
 * if (checked.kind === 'wrong') throw new Error(checked.message)
 * console.log(reportText(reportOf(checked.value.analysis)))
 * if (checked.value.fails || checked.value.unseen) process.exitCode = 1
 */
export async function check(workspace: Workspace, asked: CheckOptions = {}): Promise<Result<Checked>> {
  return joined(workspace, await checkedIn([workspace], asked), asked)
}

/** The same of several, in their order: their projects are checked side by side. */
export async function checkAll(
  workspaces: readonly Workspace[],
  asked: CheckOptions,
): Promise<readonly Result<Checked>[]> {
  const checked = await checkedIn(workspaces, asked)
  return workspaces.map((workspace) => joined(workspace, checked, asked))
}

interface CheckedProject {
  readonly project: OpenProject
  readonly result: Result<Checked>
}

async function checkedIn(workspaces: readonly Workspace[], asked: CheckOptions): Promise<readonly CheckedProject[]> {
  const all = workspaces.flatMap(({ projects, cwd }) => projects.map((project) => ({ project, cwd })))
  const analyses = await analyzeAll(
    all.map(({ project }) => ({ tree: project.tree, options: optionsFor(project, asked) })),
  )
  return pairs(all, analyses).map(([{ project, cwd }, analysis]) => ({
    project,
    result: checkedOf(project, analysis, cwd, asked),
  }))
}

/** What was found in a workspace, with what of it could not be read; `checked` has its projects, and maybe others. */
function joined(
  { cwd, projects, unreached }: Workspace,
  checked: readonly CheckedProject[],
  asked: CheckOptions,
): Result<Checked> {
  const all: Checked[] = [notReached(unreached, cwd, asked)]
  for (const { project, result } of checked) {
    if (!projects.includes(project)) continue
    if (result.kind === 'wrong') return result
    all.push(result.value)
  }
  return done(joinChecked(all))
}

const optionsFor = (project: OpenProject, { failOn: _, ...asked }: CheckOptions): AnalyzeOptions => ({
  ...project.options,
  ...asked,
})

/** What was found in several projects as one, joined by `join`. */
export const joinChecked = (all: readonly Checked[], join = joinShown): Checked => ({
  analysis: join(all.map(({ analysis }) => analysis)),
  fails: all.some((one) => one.fails),
  unseen: all.some(({ unseen }) => unseen),
  gone: eachPath(all.flatMap(({ gone }) => gone)),
})

/** How many are gone of each baseline, which several projects may share. */
function eachPath(gone: Checked['gone']): Checked['gone'] {
  const counts = new Map<string, number>()
  for (const { path, count } of gone) counts.set(path, (counts.get(path) ?? 0) + count)
  return [...counts].map(([path, count]) => ({ path, count }))
}

/** That what was named, and is there, cannot be read. */
export function notReached(unreached: Workspace['unreached'], cwd: string, { ignore = [] }: CheckOptions): Checked {
  const failed = unreached.map(({ path, reason }) =>
    unreadable(fileProblem(pathFrom(cwd, path), `the file cannot be read: ${reason}`), 'error'),
  )
  const broken = wantedFailures(failed, { ignore })
  return {
    analysis: showFindings(
      { diagnostics: broken, read: [], notes: [], failures: [], looked: nothingLooked },
      noMasking,
    ),
    fails: broken.length > 0,
    unseen: broken.some(saysUnseen),
    gone: [],
  }
}

/** What nothing was seen of. */
export const nothingLooked: Looked = { checked: [], leftOut: [], nothing: undefined }

/** Asks the rules about one project; paths are relative to `cwd`. Wrong where its baseline cannot be read. */
export const checkProject = async (
  project: OpenProject,
  cwd: string,
  asked: CheckOptions = {},
): Promise<Result<Checked>> => checkedOf(project, await analyze(project.tree, optionsFor(project, asked)), cwd, asked)

/** What was found in a project, as the user is to see it. */
function checkedOf(project: OpenProject, analysis: Analysis, cwd: string, asked: CheckOptions): Result<Checked> {
  const { root, targets, tree, baseline } = project
  if (baseline.kind === 'wrong') return baseline
  const options = optionsFor(project, asked)
  const whole = withFailures(analysis, project, options)
  const rename = (path: string) => pathFrom(cwd, resolve(root, path)) || wholeProject
  const shown = rebase(scopeTo(targets, root, tree, showFindings(whole, whole.masking)), rename)
  const known = baseline.value
  const { gone, ...left } = known ? withoutBaseline(shown, known, { ...project, cwd }, options) : { ...shown, gone: 0 }
  const threshold = thresholdOf(project.options.settings, asked.failOn)
  return done({
    analysis: left,
    fails: left.diagnostics.some((diagnostic) => fails(diagnostic, threshold)),
    unseen: shown.diagnostics.some(saysUnseen),
    gone: known && gone > 0 ? [{ path: pathFrom(cwd, known.path), count: gone }] : [],
  })
}

/** An analysis with the files that could not be read, which hide what else is wrong with their syntax. */
function withFailures(analysis: Analysis, project: OpenProject, asked: AnalyzeOptions): Analysis {
  const failed = failuresOf(project)
  const broken = new Set(failed.filter(({ span }) => span.end === 0).map(({ span }) => span.source.path))
  const kept = analysis.diagnostics.filter(({ gotcha, span }) => gotcha !== 'syntax' || !broken.has(span.source.path))
  const isWhole = ({ span }: Diagnostic) => span.source.path === wholeProject
  // No settings of a project hide that it was not seen as a whole; the call may.
  const whole = wantedFailures(failed.filter(isWhole), { ignore: asked.ignore ?? [] })
  const files = wantedFailures(
    failed.filter((one) => !isWhole(one)),
    asked,
  )
  const wanted = byPaths(files, asked.noIgnores ? noSettings : project.options.settings)
  return {
    ...analysis,
    notes: [...analysis.notes, ...project.remarks],
    diagnostics: [...kept, ...whole, ...wanted.kept],
    suppressed: [...(analysis.suppressed ?? []), ...wanted.suppressed],
  }
}

/** That a file cannot be read is said whatever rules are asked for. */
function wantedFailures(failed: readonly Diagnostic[], { rules: _, ...asked }: AnalyzeOptions): readonly Diagnostic[] {
  return isAsked(unreadableFile, asked) ? failed.map((diagnostic) => withSeverity(diagnostic, asked)) : []
}
