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
  const written = word.toLowerCase()
  const [first] = candidates
    .flatMap((candidate) => {
      const isLonger = candidate.startsWith(word)
      if (!isLonger && Math.abs(candidate.length - word.length) > most) return []
      const edits = distance(written, candidate.toLowerCase(), isLonger ? Number.POSITIVE_INFINITY : most)
      return isLonger || edits <= most ? [{ candidate, distance: edits }] : []
    })
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

/**
 * Edits between two words: insert, delete, replace, swap of neighbours (optimal string alignment). Where they are more than
 * `most`, it is any number above it.
 */
function distance(one: string, other: string, most: number): number {
  let before: number[] = []
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    let least = i
    for (let j = 1; j <= other.length; j += 1) {
      const isSame = one[i - 1] === other[j - 1]
      let steps = (row[j - 1] ?? 0) + (isSame ? 0 : 1)
      if (!isSame) {
        steps = Math.min(steps, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1)
        const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
        if (isSwap) steps = Math.min(steps, (before[j - 2] ?? 0) + 1)
      }
      next.push(steps)
      if (steps < least) least = steps
    }
    // What a swap begins at is one row up: it has one edit less, if it has fewer.
    if (least > most + 1) return least
    before = row
    row = next
  }
  return row.at(-1) ?? 0
}
