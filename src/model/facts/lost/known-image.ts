import type { Build, BuiltStage } from '../../stages/built-stage.ts'
import { mixInImage } from '../../stages/mix-there.ts'
import { rootImageOf } from '../../stages/root-image.ts'

/** Whether the image at the root of a stage holds nothing but its distribution and Elixir, or Erlang. */
export function isKnownImage(stage: BuiltStage, { dockerfile, args }: Build): boolean {
  const root = rootImageOf(dockerfile, stage, args)
  if (root.kind !== 'known') return false
  const { stage: own, image } = root.value
  const known = mixInImage(dockerfile, own, args) === 'no' || /^(hexpm\/)?elixir(:|@|$)/.test(image)
  return known && !/^(node|nginx|caddy|bitnami)/.test(image)
}
