import { boot } from './boot.ts'
import type { Command } from './command.ts'
import { env } from './env.ts'
import { explain } from './explain.ts'
import { lint } from './lint.ts'

/** Every command, in the order of help. A new one is its file and a line here. */
export const commands: readonly Command[] = [lint, explain, env, boot]
