import { commands } from './commands.ts'
import { damaged } from './damaged.ts'
import { masked } from './masked.ts'
import { analyses, fixes } from './projects.ts'
import { builds, readers } from './readers.ts'
import type { Target } from './target.ts'
import { tars } from './tars.ts'
import { worsened } from './worse.ts'

/** All that is fuzzed, each with inputs of its own. */
export const targets: readonly Target[] = [
  ...readers,
  builds,
  tars,
  analyses,
  fixes,
  commands,
  masked,
  damaged,
  worsened,
]
