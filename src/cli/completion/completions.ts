import type { Command } from '../call/command.ts'
import { bashCompletions } from './bash.ts'
import { fishCompletions } from './fish.ts'
import { zshCompletions } from './zsh.ts'

/** The script of each shell, from the tables of the commands and the ids of the rules. */
export const completionsFor: Readonly<
  Record<'bash' | 'zsh' | 'fish', (commands: readonly Command[], ids: readonly string[]) => string>
> = { bash: bashCompletions, zsh: zshCompletions, fish: fishCompletions }
