/**
 * The candidate that `word` most likely was meant to be; undefined where none is near: `most` edits away, or a longer
 * word that begins with it. Of those that are equally near it is the first.
 */
export function nearest(
  word: string,
  candidates: readonly string[],
  most: number = Math.max(1, Math.floor(word.length / 3)),
): string | undefined {
  if (word.length > longest) return undefined
  const [first] = candidates
    .filter((candidate) => Math.abs(candidate.length - word.length) <= most || candidate.startsWith(word))
    .map((candidate) => ({ candidate, distance: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter((near) => near.distance <= most || near.candidate.startsWith(word))
    .toSorted((one, other) => one.distance - other.distance)
  return first?.candidate
}

/** A longer word is no misspelling of ours to find: edits are counted in the square of it. */
const longest = 200

/** `; did you mean X?` for the candidate that is nearest to `word`, or nothing where none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const near = nearest(word, candidates)
  return near === undefined ? '' : `; did you mean \`${near}\`?`
}

/** Edits between two words: insert, delete, replace, swap of neighbours (optimal string alignment). */
function distance(one: string, other: string): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one[i - 1] === other[j - 1] ? 0 : 1
      const steps = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost]
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      next.push(Math.min(...steps, ...(isSwap ? [(before[j - 2] ?? 0) + 1] : [])))
    }
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}
