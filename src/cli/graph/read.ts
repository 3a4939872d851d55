import { basename, resolve } from 'node:path'
import { judge, readTree } from '../../analyze.ts'
import { isDockerfile } from '../../files/names.ts'
import type { Shown } from '../../masking/shown.ts'
import type { Graph } from '../../report/graph/graph.ts'
import { graphOf } from '../../report/graph/graph-of.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { Call } from '../call/flags.ts'
import type { Io } from '../io/io.ts'
import { openProjects } from '../../workspace/open.ts'
import { pathFrom, wholeProject } from '../../workspace/folder.ts'
import { failuresOf, saysUnseen } from '../../workspace/unreadable.ts'

export type ReadGraph =
  | { readonly kind: 'wrong'; readonly message: string }
  /** What is named is there and cannot be read. */
  | { readonly kind: 'failed'; readonly message: string }
  | {
      readonly kind: 'read'
      readonly graph: Shown<Graph>
      /** What the project is called: the name of its folder. */
      readonly title: string
      /** What could not be read, and rules that threw, in sentences. */
      readonly failed: readonly string[]
    }

/** Reads the project that `path` names, asks the rules about it, and makes a graph of both. */
export async function readGraph(path: string, call: Call, io: Io): Promise<ReadGraph> {
  const opened = await openProjects([path], call, io)
  if (opened.kind === 'wrong') return opened
  const [project] = opened.projects
  if (project === undefined)
    return {
      kind: 'failed',
      message: `\`${path}\` cannot be read: ${opened.unreached[0]?.reason ?? 'nothing is there'}`,
    }
  const { root, tree, options } = project
  const shown = (source: string) => pathFrom(io.cwd, resolve(root, source))
  const reading = await readTree(tree, options)
  const { diagnostics, failures, notes, masking } = judge(reading, options)
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
  if (graph.stages.length === 0 && failed.length === 0) {
    return { kind: 'wrong', message: `there is nothing to draw in \`${path}\`: no Dockerfile with a stage` }
  }
  return { kind: 'read', graph, title: basename(root), failed }
}
