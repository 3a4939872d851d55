import { boot } from './boot.ts'
import { build } from './build.ts'
import type { Command } from './call/command.ts'
import { completion } from './completion.ts'
import { compose } from './compose.ts'
import { env } from './env.ts'
import { explain } from './explain.ts'
import { fix } from './fix.ts'
import { gate } from './gate.ts'
import { graph } from './graph.ts'
import { image } from './image.ts'
import { init } from './init.ts'
import { lint } from './lint.ts'
import { merge } from './merge.ts'
import { plugin } from './plugin.ts'
import { rules } from './rules.ts'

/** Every command, in the order of help. A new one is its file and a line here. */
export const commands: readonly Command[] = [
  lint,
  fix,
  explain,
  rules,
  env,
  boot,
  graph,
  image,
  gate,
  merge,
  init,
  build,
  compose,
  plugin,
  completion(() => commands),
]
