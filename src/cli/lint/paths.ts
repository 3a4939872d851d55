import { dirname, resolve } from 'node:path'
import { type Analysis, analyze } from '../../analyze.ts'
import { decodeText, fileProblem } from '../../files/decode.ts'
import type { Tree } from '../../files/tree.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Call } from '../flags.ts'
import type { Io } from '../io.ts'
import { composeChoice } from './compose.ts'
import { withComposeFiles } from './compose-files.ts'
import { entriesOf } from './entries.ts'
import { isProject, pathFrom, type ReadProject, readProject, rootOf, withSource } from './project.ts'
import { rebase } from './rebase.ts'
import { scopeTo } from './scope.ts'
import { readAll } from './stdin.ts'
import { type Target, targetsOf } from './targets.ts'
import { unreadable, unreadableFile } from './unreadable.ts'

export type Linted =
  | { readonly kind: 'wrong'; readonly message: string }
  | {
      readonly kind: 'linted'
      readonly analysis: Analysis
      /** Whether a file could not be read that should have been. */
      readonly unreadable: boolean
    }

/** Checks what the call names: each project once, with the findings of all in one analysis, paths as the user sees them. */
export async function lintPaths(call: Call, io: Io): Promise<Linted> {
  const names = call.operands.length > 0 ? call.operands : ['.']
  const found = await targetsOf(names, call.one('stdin-filename') ?? 'Dockerfile', io.cwd)
  if (found.kind === 'wrong') return found
  const choice = await composeChoice(call, io)
  if (choice.kind === 'wrong') return choice
  const unreached = found.targets.filter(({ kind }) => kind === 'unreadable')
  const groups = await byProject(found.targets, io)
  const analyses = [reportBroken(unreached, io)]
  for (const [root, targets] of groups) {
    const found = await readTargets(root, targets, choice.paths, io)
    const { truncated, named } = found
    const entries = entriesOf(targets, root, found.tree)
    const compose = choice.under(root)
    const { tree, problems } = found.alone ? found : withComposeFiles(found, root, entries, compose, io)
    const analysis = await analyze(tree, {
      entries,
      compose,
      ignore: call.all('ignore'),
      ...(call.has('rule') ? { rules: call.all('rule') } : {}),
    })
    const files = new Set([...named, ...tree.entries.filter(({ kind }) => kind === 'file').map(({ path }) => path)])
    const failed = problems.map((problem) =>
      unreadable(problem, files.has(problem.span.source.path) ? 'error' : 'warning'),
    )
    const notes = [...analysis.notes, ...(truncated === undefined ? [] : [truncated])]
    const broken = new Set(failed.map(({ span }) => span.source.path))
    const kept = analysis.diagnostics.filter(({ gotcha, span }) => gotcha !== 'syntax' || !broken.has(span.source.path))
    const whole = { ...analysis, notes, diagnostics: [...kept, ...failed] }
    analyses.push(rebase(scopeTo(targets, root, tree, whole), (path) => pathFrom(io.cwd, resolve(root, path))))
  }
  return outcomeOf(analyses, call, names)
}

function outcomeOf(analyses: readonly Analysis[], call: Call, names: readonly string[]): Linted {
  const isIgnored = call.all('ignore').includes(unreadableFile)
  const all = analyses.flatMap(({ diagnostics }) => diagnostics)
  const diagnostics = isIgnored ? all.filter(({ rule }) => rule !== unreadableFile) : all
  const read = analyses.flatMap((analysis) => analysis.read)
  if (read.length === 0 && all.length === 0) {
    return { kind: 'wrong', message: `there is nothing to check in ${names.map((name) => `\`${name}\``).join(', ')}` }
  }
  return {
    kind: 'linted',
    analysis: {
      diagnostics,
      read,
      notes: [...new Set(analyses.flatMap(({ notes }) => notes))],
      secrets: analyses.flatMap(({ secrets }) => secrets),
      failures: analyses.flatMap(({ failures }) => failures),
    },
    unreadable: diagnostics.some(isFailure),
  }
}

const isFailure = ({ rule, severity }: Diagnostic): boolean => rule === unreadableFile && severity === 'error'

function reportBroken(targets: readonly Target[], { cwd }: Io): Analysis {
  const diagnostics = targets.map(({ path, reason }) =>
    unreadable(fileProblem(pathFrom(cwd, path), `the file cannot be read: ${reason}`), 'error'),
  )
  return { diagnostics, read: [], notes: [], secrets: [], failures: [] }
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
): Promise<ReadTargets> {
  const files = targets.filter(({ kind }) => kind === 'file').map(({ path }) => pathFrom(root, path))
  const named = [...files, ...more.map((path) => pathFrom(root, path)).filter((path) => !path.startsWith('../'))]
  const stdin = targets.find(({ kind }) => kind === 'stdin')
  if (stdin === undefined) return { ...(await readProject(root, named)), named, alone: false }
  const alone = targets.length === 1 && more.length === 0 && !(await isProject(root, io))
  const around: ReadProject = alone
    ? { tree: nothing, problems: [], truncated: undefined }
    : await readProject(root, named)
  const path = pathFrom(root, stdin.path)
  const text = decodeText(path, await readAll(io.stdin))
  const others = around.problems.filter(({ span }) => span.source.path !== path)
  if (text.problem) return { ...around, problems: [...others, text.problem], named: [...named, path], alone }
  return { ...around, tree: withSource(around.tree, text.source), problems: others, named: [...named, path], alone }
}

const nothing: Tree = { sources: [], entries: [] }
