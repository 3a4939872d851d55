import type { Word } from './types.ts'

/** `words` with those of `args` in the place of `"$@"`, which stays where `args` is not known. */
export function spliceArguments(words: readonly Word[], args: readonly Word[] | undefined): readonly Word[] {
  if (args === undefined) return words
  return words.flatMap((word) => (isAllArguments(word) ? args : [word]))
}

/** Whether a word stands for all arguments: `"$@"`, `$*` or `${1+"$@"}`. */
export function isAllArguments(word: Word): boolean {
  const [only, more] = word.parts
  if (only?.kind !== 'variable' || more !== undefined) return false
  if (only.name === '1') return only.operator?.endsWith('+') === true && only.operand?.text === '"$@"'
  return only.operator === undefined && (only.name === '@' || (only.name === '*' && !only.quoted))
}
