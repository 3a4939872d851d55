import { basename, resolve } from 'node:path'
import { type AnalyzeOptions, judge, readTree } from '../analyze.ts'
import { isDockerfile } from '../files/names.ts'
import type { Shown } from '../masking/shown.ts'
import type { Graph } from '../report/graph/graph.ts'
import { graphOf } from '../report/graph/graph-of.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { openWorkspace } from './open.ts'
import type { OpenOptions, Surroundings } from './options.ts'
import { pathFrom, wholeProject } from './paths.ts'
import { closed, done, type Result, wrong } from './result.ts'
import { failuresOf, saysUnseen } from './unreadable.ts'

/** A project as a graph. */
export interface DrawnProject {
  readonly graph: Shown<Graph>
  /** What the project is called: the name of its folder. */
  readonly title: string
  /** What could not be read, and rules that threw, in sentences. */
  readonly failed: readonly string[]
}

/** Reads the project that `path` names, asks the rules about it, and makes a graph of both. */
export async function readGraph(
  path: string,
  at: Surroundings,
  how: OpenOptions,
  asked: AnalyzeOptions = {},
): Promise<Result<DrawnProject>> {
  const opened = await openWorkspace([path], at, how)
  if (opened.kind === 'wrong') return opened
  const [project] = opened.value.projects
  if (project === undefined)
    return closed(`\`${path}\` cannot be read: ${opened.value.unreached[0]?.reason ?? 'nothing is there'}`)
  const { root, tree, options } = project
  const shown = (source: string) => pathFrom(at.cwd, resolve(root, source))
  const reading = await readTree(tree, options)
  const { diagnostics, failures, notes, masking } = judge(reading, { ...options, ...asked })
  const said = ({ span, message }: Diagnostic) => `${shown(span.source.path) || wholeProject}: ${message}`
  const problems = failuresOf(project)
  const missing = problems.filter((problem) => !saysUnseen(problem)).map(said)
  const graph = graphOf(reading.project, diagnostics, {
    named: project.named.filter(isDockerfile),
    shown,
    notes: [...notes, ...missing, ...project.remarks],
  })
  const failed = [
    ...problems.filter(saysUnseen).map(said),
    ...failures.map(({ rule, message }) => `the rule \`${rule}\` failed on this project: ${masking.text(message)}`),
  ]
  const hasStages = reading.project.dockerfiles.some((one) => (one.whole ?? one).stages.length > 0)
  if (!hasStages && failed.length === 0) {
    return wrong(`there is nothing to draw in \`${path}\`: no Dockerfile with a stage`)
  }
  return done({ graph, title: basename(root), failed })
}
