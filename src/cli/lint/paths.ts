import { resolve } from 'node:path'
import { type Analysis, analyze } from '../../analyze.ts'
import { fileProblem } from '../../files/decode.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Call } from '../flags.ts'
import type { Io } from '../io.ts'
import { type OpenProject, openProjects } from './open.ts'
import { pathFrom } from './project.ts'
import { rebase } from './rebase.ts'
import { scopeTo } from './scope.ts'
import type { Target } from './targets.ts'
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
  const opened = await openProjects(names, call, io)
  if (opened.kind === 'wrong') return opened
  const analyses = [reportBroken(opened.unreached, io)]
  for (const project of opened.projects) analyses.push(await lintProject(project, call, io))
  return outcomeOf(analyses, call, names)
}

async function lintProject(project: OpenProject, call: Call, io: Io): Promise<Analysis> {
  const { root, targets, tree, options, problems, truncated, named } = project
  const analysis = await analyze(tree, {
    ...options,
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
  return rebase(scopeTo(targets, root, tree, whole), (path) => pathFrom(io.cwd, resolve(root, path)))
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
