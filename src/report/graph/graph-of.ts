import { expandKnown } from '../../languages/dockerfile/expand.ts'
import { globalVariables } from '../../languages/dockerfile/globals.ts'
import { showPlain } from '../../masking/plain.ts'
import { maskingOfProject } from '../../masking/project.ts'
import type { Shown } from '../../masking/shown.ts'
import type { Project } from '../../model/project/project.ts'
import { shippingStage } from '../../model/shipping/production.ts'
import { below } from '../../model/stage-files/paths.ts'
import type { Build } from '../../model/stages/built-stage.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { type DrawnBuild, drawnBuilds, stageOf } from './builds.ts'
import { containersOf, type DraftContainer } from './containers.ts'
import { type DraftStage, edgesOf, wayOf } from './edges.ts'
import { findingOf, placeFindings, type Spot } from './findings.ts'
import { type Graph, type GraphBuild, type GraphContainer, type GraphStage, type Way, ways } from './graph.ts'
import { stepsOf } from './steps.ts'
import { waysOf } from './ways.ts'
import { type Words, wordsOf } from './words.ts'

/** What a graph is made of, besides the project. */
export interface GraphOptions {
  /** Paths of the Dockerfiles that the user named. */
  readonly named: readonly string[]
  /** The path of a source as the user reads it. */
  readonly shown: (path: string) => string
  readonly notes: readonly string[]
}

/** The picture of `project` as plain data, with the findings at their steps. */
export function graphOf(project: Project, diagnostics: readonly Diagnostic[], options: GraphOptions): Shown<Graph> {
  const masking = maskingOfProject(project)
  const words = wordsOf(masking, options.shown)
  const drawn = drawnBuilds(project, options.named)
  const drafts = draftsOf(drawn, words)
  const containers = containersOf(
    project,
    (deployment) => {
      const build = drawn.findIndex((one) => one.deployments.includes(deployment))
      const at = drawn[build] && stageOf(drawn[build], deployment)
      return drafts[build]?.stages.find(({ built }) => built === at)?.steps[0]?.stage
    },
    words,
  )
  const shipped = new Set([...containers.map(({ container }) => container.stage), ...drafts.map(shippedAlone)])
  const placed = placeFindings(diagnostics, spotsOf(drafts, containers, project))
  const findingsAt = (part: object) => placed.get(part) ?? []
  const isSecret = (index: number) => diagnostics[index]?.gotcha === 'secrets'

  const steps = drafts.flatMap(({ stages, build }) => {
    const all = stages.flatMap((stage) => stage.steps)
    const marks = waysOf(build, all, project.secrets)
    return all.map((draft) => {
      const { instructionSpan: _, step: __, ...step } = draft
      const findings = findingsAt(draft)
      const on = (way: Way) => marks[way].has(step.id) || (way === 'secrets' && findings.some(isSecret))
      return { ...step, ways: ways.filter(on), findings }
    })
  })
  const waysAt = (id: number) => steps[id]?.ways ?? []
  const graph: Graph = {
    builds: drafts.map(({ build }) => buildOf(build.build, project, words)),
    stages: drafts.flatMap(({ stages, build }, index) =>
      stages.map((stage) => stageIn(stage, stages, build.build, index, shipped, words)),
    ),
    steps,
    edges: drafts.flatMap(({ stages, build }) =>
      edgesOf(stages, build.build).map((edge) => ({ ...edge, way: wayOf(edge, waysAt) })),
    ),
    containers: containers.map((draft) => finished(draft, findingsAt)),
    findings: diagnostics.map((diagnostic) => findingOf(diagnostic, words)),
    notes: options.notes.map(words.said),
  }
  return showPlain(graph, masking)
}

interface DraftBuild {
  readonly build: DrawnBuild
  readonly stages: readonly DraftStage[]
}

function draftsOf(drawn: readonly DrawnBuild[], words: Words): readonly DraftBuild[] {
  let stage = 0
  let id = 0
  return drawn.map((build) => ({
    build,
    stages: build.build.stages.map((built) => {
      const steps = stepsOf(built, build.build, stage, id, words)
      stage += 1
      id += steps.length
      return { built, steps }
    }),
  }))
}

/** The stage that a build ships where nothing in view runs it. */
function shippedAlone({ build, stages }: DraftBuild): number | null {
  if (build.deployments.length > 0) return null
  const stage = shippingStage(build.build.dockerfile.stages)
  return stages.find(({ built }) => built.stage === stage)?.steps[0]?.stage ?? null
}

function buildOf({ dockerfile, context }: Build, { tree }: Project, words: Words): GraphBuild {
  const { root } = context
  const inside = tree.entries.filter(
    ({ kind, path }) => kind === 'file' && (root === '' || below(root, path) !== undefined),
  )
  const files = context.filesUnder(root).length
  return {
    file: words.path(dockerfile.source.path),
    context: { root: words.path(root) || '.', files, ignored: inside.length - files },
  }
}

function stageIn(
  { built, steps }: DraftStage,
  stages: readonly DraftStage[],
  { dockerfile }: Build,
  build: number,
  shipped: ReadonlySet<number | null>,
  words: Words,
): GraphStage {
  const { stage } = built
  const index = steps[0]?.stage ?? 0
  const base = expandKnown(stage.base.text, globalVariables(dockerfile), dockerfile.escape)
  return {
    ...words.place(stage.from.span),
    index,
    build,
    name: stage.name === undefined ? null : words.said(stage.name),
    base: words.said(base.kind === 'known' ? base.value : stage.base.text),
    from: (built.base && stages[built.base.stage.index]?.steps[0]?.stage) ?? null,
    ships: shipped.has(index),
  }
}

/** Where findings may stand: at the instructions and commands of the builds, and at the containers and their parts. */
function spotsOf(
  drafts: readonly DraftBuild[],
  containers: readonly DraftContainer[],
  { dockerfiles }: Project,
): readonly Spot[] {
  const drawn = new Set(dockerfiles.map(({ source }) => source.path))
  const steps = drafts
    .flatMap(({ stages }) => stages)
    .flatMap((stage) => stage.steps)
    .flatMap((part): readonly Spot[] => [
      ...(part.step ? [{ span: part.step.span, part, group: part.instruction }] : []),
      ...(part.id === part.instruction ? [{ span: part.instructionSpan, part, group: part.instruction }] : []),
    ])
  const others = containers
    .flatMap((part): readonly Spot[] => [
      { span: part.span, part, group: part },
      ...[...part.variables, ...part.start, ...part.health].flatMap((one) =>
        one.span ? [{ span: one.span, part: one, group: one }] : [],
      ),
    ])
    .filter(({ span }) => !drawn.has(span.source.path))
  return [...steps, ...others]
}

function finished(draft: DraftContainer, findingsAt: (part: object) => readonly number[]): GraphContainer {
  return {
    ...draft.container,
    variables: draft.variables.map((one) => ({ ...one.part, findings: findingsAt(one) })),
    start: draft.start.map((one) => ({ ...one.part, findings: findingsAt(one) })),
    health: draft.health.map((one) => ({ ...one.part, findings: findingsAt(one) })),
    findings: findingsAt(draft),
  }
}
