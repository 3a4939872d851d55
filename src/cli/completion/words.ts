import type { Command } from '../call/command.ts'
import type { Flag } from '../call/flags.ts'
import { commonFlags } from '../call/help.ts'

/** The flags of a command that a shell completes. */
export const flagsOf = (command: Command): readonly Flag[] => [...command.flags, ...commonFlags]

/** What may stand behind a flag: words, a file, or something that nobody can guess. */
export function valuesOf(
  { value, choices }: Flag,
  ids: readonly string[],
): { readonly words: readonly string[] } | 'file' | 'any' {
  if (choices) return { words: choices }
  if (value === 'ID') return { words: ids }
  return value !== undefined && /^(FILE|PATH|FOLDER|OTHER)/.test(value) ? 'file' : 'any'
}

/** The words that a command takes beside files. */
export function operandsOf({ name, operands }: Command, ids: readonly string[]): readonly string[] {
  if (name === 'explain') return ids
  if (name === 'completion') return ['bash', 'zsh', 'fish']
  return /^[a-z]+(\|[a-z]+)+$/.test(operands) ? operands.split('|') : []
}

/** A text between single quotes of a shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
