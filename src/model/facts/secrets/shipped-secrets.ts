import type { Instruction } from '../../../languages/dockerfile/types.ts'
import type { Label } from '../../../text/diagnostic.ts'
import type { Source } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Project } from '../../project/project.ts'
import { type ShellSecret, secretsOfShell } from '../../secrets/shell-secrets.ts'
import type { BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf } from '../../stages/mix-there.ts'
import { hooksOf } from '../migrations.ts'

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

/** A secret that a script of the image writes out, and the script. */
export interface ScriptSecret extends ShellSecret {
  readonly script: Source
}

/** The secrets in the scripts that an image is started with, and in those of `rel/` that its release takes along. */
export function scriptSecretsOf({ deployment }: ShippedImage, project: Project): readonly ScriptSecret[] {
  const { start, release } = deployment
  const started = [...start, ...start.flatMap(({ via }) => via)].map(({ span }) => span.source)
  const own = started.filter((source) => source.text.startsWith('#!') && project.tree.sources.includes(source))
  const scripts = new Set([...own, ...(release ? hooksOf(project, release) : [])])
  return [...scripts].flatMap((script) => secretsOfShell(script).map((secret) => ({ ...secret, script })))
}

/** Whether a value was made to be hard to guess. */
export const looksReal = (value: string): boolean =>
  (value.length >= 16 && new Set(value).size >= 10) || (value.length >= 8 && /\d/.test(value) && /[a-z]/i.test(value))
