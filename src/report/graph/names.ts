import { posix } from 'node:path'
import type { Graph, GraphContainer, GraphPlace, GraphStage } from './graph.ts'
import { stageName } from './rows.ts'

/** The name of a container; with its file where containers of several folders are drawn. */
export const containerTitle = ({ name, file }: GraphContainer, { containers }: Graph): string =>
  inSeveral(containers) ? `${name ?? 'the container'} (${file})` : (name ?? 'the container')

/** The name of a stage; with its file where builds of several folders are drawn. */
export const stageTitle = (stage: GraphStage, { stages }: Graph): string =>
  inSeveral(stages) ? `${stageName(stage)} (${stage.file})` : stageName(stage)

const inSeveral = (places: readonly GraphPlace[]): boolean =>
  new Set(places.map(({ file }) => posix.dirname(file))).size > 1

/** The indices of the containers that one waits for: those of its own file, before others of that name. */
export const neededBy = ({ needs, file }: GraphContainer, containers: readonly GraphContainer[]): readonly number[] =>
  needs.flatMap((need) => {
    const named = containers.flatMap((one, index) => (one.name === need ? [index] : []))
    return named.find((index) => containers[index]?.file === file) ?? named[0] ?? []
  })
