/** A half-open range of offsets in a text. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The same places as ranges in order that neither touch nor overlap. */
export function joined(ranges: readonly Range[]): readonly Range[] {
  const kept: { start: number; end: number }[] = []
  for (const { start, end } of ranges.toSorted((one, other) => one.start - other.start)) {
    const last = kept.at(-1)
    if (start >= end) continue
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else kept.push({ start, end })
  }
  return kept
}

const lead = /^(\W{0,3}([\w.-]{1,60}["'\])]{0,3}[=:,>|\s"']{1,6})?|[\w.+-]{1,30}:\/\/[^\s:@]{0,60}:)$/

/** A range without the name or address in front of the secret, where one of `told` knows where that begins. */
export function withoutLead({ start, end }: Range, told: readonly Range[], text: string): Range {
  const known = told.find((one) => one.start > start && one.start < end)
  if (known === undefined || told.some((one) => one.start <= start && start < one.end)) return { start, end }
  return { start: lead.test(text.slice(start, known.start)) ? known.start : start, end }
}

/** Where words stand in a text as a whole. */
export function wordsIn(text: string, words: readonly string[]): readonly Range[] {
  const found: Range[] = []
  for (const word of words)
    for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length))
      if (isWhole(text, at, word)) found.push({ start: at, end: at + word.length })
  return found
}

const letter = /[\p{L}\p{N}_]/u

const isWhole = (text: string, at: number, word: string): boolean =>
  !(letter.test(text[at - 1] ?? '') && letter.test(word[0] ?? '')) &&
  !(letter.test(text[at + word.length] ?? '') && letter.test(word.at(-1) ?? ''))
