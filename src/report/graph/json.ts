import { jsonText } from '../../text/neutral.ts'
import type { Graph, GraphBuild, GraphContainer, GraphEdge, GraphFinding, GraphStage, GraphStep } from './graph.ts'

/**
 * `graph --format json`, version 1: fields are added, never changed. Lines and columns are one-based, paths are
 * relative to the working directory. `from` and `to` of an edge are ids of steps; the first step of each stage is its
 * FROM. The numbers in `findings` of steps and containers are indices of the list `findings`.
 */
export interface JsonGraph {
  readonly version: 1
  readonly stages: readonly GraphStage[]
  readonly steps: readonly GraphStep[]
  readonly edges: readonly GraphEdge[]
  /** Of the first build: how many files in view are sent to Docker, and how many .dockerignore keeps back. */
  readonly context: { readonly files: number; readonly ignored: number }
  readonly builds: readonly GraphBuild[]
  readonly containers: readonly GraphContainer[]
  readonly findings: readonly GraphFinding[]
  readonly notes: readonly string[]
}

/** The graph for programs: `JsonGraph`, indented. */
export function graphJson({ stages, steps, edges, builds, containers, findings, notes }: Graph): string {
  const { files, ignored } = builds[0]?.context ?? { files: 0, ignored: 0 }
  const context = { files, ignored }
  const json: JsonGraph = { version: 1, stages, steps, edges, context, builds, containers, findings, notes }
  return jsonText(json)
}
