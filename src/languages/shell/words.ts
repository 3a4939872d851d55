import type { Word } from './types.ts'

const mostArguments = 1_000

/** `words` with those of `args` in the place of `"$@"`, which stays where `args` is not known or too many. */
export function spliceArguments(words: readonly Word[], args: readonly Word[] | undefined): readonly Word[] {
  if (args === undefined || args.length > mostArguments || !words.some(isAllArguments)) return words
  return words.flatMap((word) => (isAllArguments(word) ? args : [word]))
}

/** Whether a word stands for all arguments: `"$@"`, `$*` or `${1+"$@"}`. */
function isAllArguments(word: Word): boolean {
  const [only, more] = word.parts
  if (only?.kind !== 'variable' || more !== undefined) return false
  if (only.name === '1') return only.operator?.endsWith('+') === true && only.operand?.text === '"$@"'
  return only.operator === undefined && (only.name === '@' || (only.name === '*' && !only.quoted))
}
