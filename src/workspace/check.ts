import { resolve } from 'node:path'
import { type Analysis, type AnalyzeOptions, analyze } from '../analyze.ts'
import { fileProblem } from '../files/decode.ts'
import { noMasking } from '../masking/masking.ts'
import { joinShown, type Said, type Shown, showFindings } from '../masking/shown.ts'
import { counted } from '../report/terminal/place.ts'
import { unreadableFile } from '../settings/ids.ts'
import { byPaths } from '../settings/ignores/suppress.ts'
import { fails, isAsked, thresholdOf, withSeverity } from '../settings/policy.ts'
import { noSettings } from '../settings/settings.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Call } from '../cli/call/flags.ts'
import type { Io } from '../cli/io/io.ts'
import { openBaseline, withoutBaseline } from './baseline.ts'
import { openProjects } from './open.ts'
import type { OpenProject } from './workspace.ts'
import { pathFrom, wholeProject } from './folder.ts'
import { rebase } from './rebase.ts'
import { scopeTo } from './scope.ts'
import type { Target } from './targets.ts'
import { failuresOf, saysUnseen, unreadable } from './unreadable.ts'

type Wrong = { readonly kind: 'wrong'; readonly message: string }

/** What a call has found. */
export interface LintOutcome {
  readonly kind: 'linted'
  readonly analysis: Shown<Said>
  /** Whether a file could not be read that should have been. */
  readonly unreadable: boolean
  /** Whether there is a finding that fails the run. */
  readonly fails: boolean
  /** What is to be said of baselines. */
  readonly remarks: readonly string[]
}

/** One project of a call. */
export interface LintedProject {
  readonly kind: 'project'
  readonly analysis: Shown<Said>
  readonly fails: boolean
  /** Whether something was not seen that should have been. */
  readonly unseen: boolean
  readonly remarks: readonly string[]
}

/**
 * Checks what the call names: each project once, with the findings of all in one analysis, paths as the user sees
 * them; `asked` may change what was opened.
 */
export async function lintPaths(
  call: Call,
  io: Io,
  asked: (project: OpenProject) => OpenProject | Promise<OpenProject> = (project) => project,
): Promise<LintOutcome | Wrong> {
  const names = call.operands.length > 0 ? call.operands : ['.']
  const opened = await openProjects(names, call, io, true)
  if (opened.kind === 'wrong') return opened
  const projects = [reportBroken(opened.unreached, call, io)]
  for (const project of opened.projects) {
    const linted = await lintProject(await asked(project), call, io)
    if (linted.kind === 'wrong') return linted
    projects.push(linted)
  }
  const nothing = opened.unreached.length === 0 && projects.every(isEmpty)
  return nothing ? { kind: 'wrong', message: `there is nothing to check in ${quoted(names)}` } : outcomeOf(projects)
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

const isEmpty = ({ analysis: { read, diagnostics, suppressed = [] } }: LintedProject): boolean =>
  read.length === 0 && diagnostics.length === 0 && suppressed.length === 0

/** What a call asks of the rules of a project. */
export const askedBy = (call: Call, options: AnalyzeOptions): AnalyzeOptions => ({
  ...options,
  ignore: call.all('ignore'),
  ...(call.has('rule') ? { rules: call.all('rule') } : {}),
  preview: call.has('preview'),
  noIgnores: call.has('no-ignores'),
})

/** Checks one project of a call; paths are those that the user sees. */
export async function lintProject(project: OpenProject, call: Call, io: Io): Promise<LintedProject | Wrong> {
  const { root, targets, tree, options } = project
  const baseline = openBaseline(project, call, io)
  if (baseline.kind === 'wrong') return baseline
  const asked = askedBy(call, options)
  const whole = withFailures(await analyze(tree, asked), project, asked)
  const rename = (path: string) => pathFrom(io.cwd, resolve(root, path)) || wholeProject
  const shown = rebase(scopeTo(targets, root, tree, showFindings(whole, whole.masking)), rename)
  const known = baseline.baseline
  const { gone, ...left } = known ? withoutBaseline(shown, known, project, asked, io) : { ...shown, gone: 0 }
  const threshold = thresholdOf(options.settings, call.one('fail-on'))
  return {
    kind: 'project',
    analysis: left,
    fails: left.diagnostics.some((diagnostic) => fails(diagnostic, threshold)),
    unseen: isUnseen(shown.diagnostics),
    remarks: known && gone > 0 ? [goneText(gone, pathFrom(io.cwd, known.path))] : [],
  }
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

const goneText = (gone: number, path: string): string =>
  `${counted(gone, 'finding')} of the baseline ${path} ${gone === 1 ? 'is' : 'are'} gone: write it again with --write-baseline ${path}`

/** That a file cannot be read is said whatever rules are asked for. */
function wantedFailures(failed: readonly Diagnostic[], { rules: _, ...asked }: AnalyzeOptions): readonly Diagnostic[] {
  return isAsked(unreadableFile, asked) ? failed.map((diagnostic) => withSeverity(diagnostic, asked)) : []
}

function outcomeOf(projects: readonly LintedProject[]): LintOutcome {
  const analysis = joinShown(projects.map((project) => project.analysis))
  return {
    kind: 'linted',
    analysis,
    unreadable: projects.some(({ unseen }) => unseen),
    fails: projects.some((project) => project.fails),
    remarks: projects.flatMap(({ remarks }) => remarks),
  }
}

const isUnseen = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some(saysUnseen)

function reportBroken(targets: readonly Target[], call: Call, { cwd }: Io): LintedProject {
  const failed = targets.map(({ path, reason }) =>
    unreadable(fileProblem(pathFrom(cwd, path), `the file cannot be read: ${reason}`), 'error'),
  )
  const diagnostics = wantedFailures(failed, { ignore: call.all('ignore') })
  const analysis = showFindings({ diagnostics, read: [], notes: [], failures: [] }, noMasking)
  return { kind: 'project', analysis, fails: diagnostics.length > 0, unseen: isUnseen(diagnostics), remarks: [] }
}
