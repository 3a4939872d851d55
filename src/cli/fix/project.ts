import { resolve } from 'node:path'
import { type Refusal, refusalsOf, writeFiles } from '../../files/write.ts'
import { type FixOptions, type FixOutcome, fixTree } from '../../fix.ts'
import type { Said, Shown } from '../../masking/shown.ts'
import { type CheckOptions, checkProject } from '../../workspace/check.ts'
import { pathFrom } from '../../workspace/paths.ts'
import { done, type Result } from '../../workspace/result.ts'
import type { OpenProject } from '../../workspace/workspace.ts'
import type { Io } from '../io/io.ts'

/** A project of a call after its fixes. */
export interface MendedProject {
  readonly project: OpenProject
  readonly outcome: FixOutcome
  /** What is left of the findings, with the paths that the user sees. */
  readonly left: Shown<Said>
  /** Files that could not be written. Their fixes are not made. */
  readonly refusals: readonly Refusal[]
  /** Whether something is left that fails the run. */
  readonly fails: boolean
  /** Whether a rule threw, or a file could not be read or written. */
  readonly failed: boolean
}

/** Mends a project, and writes its files where `writes` says so. */
export async function fixProject(
  project: OpenProject,
  { unsafe, severity, ...asked }: CheckOptions & Pick<FixOptions, 'severity'> & { readonly unsafe: boolean },
  io: Io,
  writes: boolean,
): Promise<Result<MendedProject>> {
  const { root, tree, targets } = project
  const { failOn: _, ...ofRules } = asked
  const options = { ...project.options, ...ofRules, unsafe, severity }
  const refusals = new Map<string, string>()
  const named = namedOf(project)
  const refuse = (path: string): string | undefined => {
    const why = refusals.get(path)
    if (why !== undefined) return `\`${path}\` cannot be changed: ${why}`
    if (path.startsWith('../')) return `its fix changes \`${path}\`, which lies outside of the project`
    return named && !named.has(path) ? `its fix changes \`${path}\`, which was not named` : undefined
  }
  const isStdin = targets.some(({ kind }) => kind === 'stdin')
  let outcome = await fixTree(tree, { ...options, refuse })
  for (;;) {
    const refused = isStdin ? [] : await refusalsOf(root, outcome.changes)
    const last = refused.length === 0 && writes ? await writeFiles(root, outcome.changes, io.onInterrupt) : refused
    if (last.length === 0) break
    for (const { path, why } of last) refusals.set(path, why)
    outcome = await fixTree(tree, { ...options, refuse })
  }
  const checked = await checkProject({ ...project, tree: outcome.tree }, io.cwd, asked)
  if (checked.kind === 'wrong') return checked
  const { analysis, fails, unseen } = checked.value
  return done({
    project,
    outcome,
    left: analysis,
    refusals: [...refusals].map(([path, why]) => ({ path: pathFrom(io.cwd, resolve(root, path)), why })),
    fails,
    failed: refusals.size > 0 || unseen || analysis.failures.length > 0,
  })
}

/** The files that may change: those that were named, or all of the project where a folder was. */
function namedOf({ root, targets }: OpenProject): ReadonlySet<string> | undefined {
  return targets.some(({ kind }) => kind === 'folder')
    ? undefined
    : new Set(targets.map(({ path }) => pathFrom(root, path)))
}
