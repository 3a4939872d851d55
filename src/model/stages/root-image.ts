import type { BuildArgs } from '../../languages/dockerfile/globals.ts'
import { baseOf } from '../../languages/dockerfile/stages.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { Label } from '../../text/diagnostic.ts'
import { type Known, known, unset } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { BuiltStage } from './built-stage.ts'
import { type Distribution, distributionsOf } from './distribution.ts'
import { lineageOf } from './mix-there.ts'

/** The image from elsewhere that a stage is made of, over the stages between. */
export interface RootImage {
  /** The stage that starts from it. */
  readonly stage: BuiltStage
  readonly image: string
  /** The word after that stage's FROM. */
  readonly span: Span
  /** Where the image is named, if not there. */
  readonly trail: readonly Label[]
  /** What it may be made of; empty where its name does not say. */
  readonly distributions: readonly Distribution[]
}

/** The image at the root of a stage; unset where that is `scratch` or a stage, unknown where its name is. */
export function rootImageOf(dockerfile: Dockerfile, built: BuiltStage, args: BuildArgs = new Map()): Known<RootImage> {
  const stage = lineageOf(built).at(-1) ?? built
  const base = baseOf(dockerfile, stage.stage, args)
  if (base.kind !== 'image') return unset()
  if (base.image.kind !== 'known') return base.image
  const { value: image, trail } = base.image
  return known({ stage, image, span: stage.stage.base.span, trail, distributions: distributionsOf(image) }, trail)
}
