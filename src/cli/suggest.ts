import { nearest } from '../text/nearest.ts'

/** `; did you mean X?` for the candidate that is nearest to `word`, or nothing where none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates)
  return near === undefined ? '' : `; did you mean \`${near}\`?`
}
