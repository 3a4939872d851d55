import type { Instruction } from '../languages/dockerfile/types.ts'
import type { BuiltStage } from '../model/build/image.ts'
import { lineageOf } from '../model/build/mix-there.ts'
import type { Deployment } from '../model/deployment.ts'
import type { Project } from '../model/project.ts'
import type { Label } from '../text/diagnostic.ts'

/** The image of a deployment: the stage that ships with those that it starts from. */
export interface ShippedImage {
  readonly deployment: Deployment
  readonly ships: BuiltStage
  readonly lineage: readonly BuiltStage[]
}

/** The images that production runs. */
export const imagesOf = ({ deployments }: Project): readonly ShippedImage[] =>
  deployments.flatMap((deployment) => {
    const { ships } = deployment
    return ships ? [{ deployment, ships, lineage: lineageOf(ships) }] : []
  })

/** Whether an instruction leaves a layer or a line of history in the image. */
export const isShipped = ({ lineage }: ShippedImage, instruction: Instruction): boolean =>
  lineage.some(({ stage }) => stage.index === instruction.stage)

/** Why an instruction of another stage is in the image: the FROM that starts from its stage. */
export function inheritance({ ships, lineage }: ShippedImage, instruction: Instruction): readonly Label[] {
  const index = lineage.findIndex(({ stage }) => stage.index === instruction.stage)
  const heir = index > 0 ? lineage[index - 1] : undefined
  if (heir === undefined) return []
  const name = heir === ships ? 'the stage that ships' : `\`${heir.stage.name}\``
  return [{ span: heir.stage.from.span, text: `${name} starts from this stage` }]
}
