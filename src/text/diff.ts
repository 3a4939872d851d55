/** A text before and after; undefined where there is no such file. */
export interface TextPair {
  readonly before: string | undefined
  readonly after: string | undefined
}

/** A line of a diff: kept, taken away or added, and its text with its line ending. */
export interface DiffLine {
  readonly kind: ' ' | '-' | '+'
  readonly text: string
  /** The lines before it, of the text before and of the one after. */
  readonly at: readonly [number, number]
}

/** A run of changes with the lines around them. */
export interface Hunk {
  readonly lines: readonly DiffLine[]
}

/** The changes between two texts, as a unified diff has them, with `context` lines before and after each. */
export function hunksOf({ before = '', after = '' }: TextPair, context = 3): readonly Hunk[] {
  const lines = diffLines(linesOf(before), linesOf(after))
  const changed = lines.flatMap(({ kind }, index) => (kind === ' ' ? [] : [index]))
  const hunks: Hunk[] = []
  let from = 0
  for (const [index, at] of changed.entries()) {
    const next = changed[index + 1]
    if (next !== undefined && next - at <= 2 * context + 1) continue
    const first = Math.max(0, (changed[from] ?? 0) - context)
    hunks.push({ lines: lines.slice(first, at + context + 1) })
    from = index + 1
  }
  return hunks
}

/** The lines of a text with their endings; a lone `\r` ends none, as for git. */
const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+/g) ?? []

/** Above this number of pairs what differs is replaced as a whole. */
const mostPairs = 4_000_000

function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let head = 0
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) head += 1
  let tail = 0
  const longest = Math.min(before.length, after.length) - head
  while (tail < longest && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  const lines: DiffLine[] = []
  let one = 0
  let other = 0
  const push = (kind: DiffLine['kind']) => {
    lines.push({ kind, text: (kind === '+' ? after[other] : before[one]) ?? '', at: [one, other] })
    if (kind !== '+') one += 1
    if (kind !== '-') other += 1
  }
  while (one < head) push(' ')
  const kept = commonLines(before.slice(head, before.length - tail), after.slice(head, after.length - tail))
  for (const [left, right] of [...kept, [before.length - tail - head, after.length - tail - head] as const]) {
    while (one < head + left) push('-')
    while (other < head + right) push('+')
    if (one < before.length - tail) push(' ')
  }
  while (one < before.length) push(' ')
  return lines
}

/** The longest run of lines that both have in this order, as pairs of indices. */
function commonLines(before: readonly string[], after: readonly string[]): readonly (readonly [number, number])[] {
  const width = after.length + 1
  if (before.length * after.length > mostPairs) return []
  const length = new Uint32Array((before.length + 1) * width)
  for (let one = before.length - 1; one >= 0; one -= 1) {
    for (let other = after.length - 1; other >= 0; other -= 1) {
      length[one * width + other] =
        before[one] === after[other]
          ? (length[(one + 1) * width + other + 1] ?? 0) + 1
          : Math.max(length[(one + 1) * width + other] ?? 0, length[one * width + other + 1] ?? 0)
    }
  }
  const pairs: (readonly [number, number])[] = []
  for (let one = 0, other = 0; one < before.length && other < after.length; ) {
    if (before[one] === after[other]) pairs.push([one++, other++])
    else if ((length[(one + 1) * width + other] ?? 0) >= (length[one * width + other + 1] ?? 0)) one += 1
    else other += 1
  }
  return pairs
}

/** `-1,4 +1,5`: the range of a hunk; one of no lines names the line before it. */
function rangesOf({ lines }: Hunk): string {
  const range = (sign: '-' | '+', side: 0 | 1) => {
    const own = lines.filter(({ kind }) => kind === ' ' || kind === sign).length
    const start = (lines[0]?.at[side] ?? 0) + (own === 0 ? 0 : 1)
    return `${sign}${start}${own === 1 ? '' : `,${own}`}`
  }
  return `${range('-', 0)} ${range('+', 1)}`
}

/** What a file is called and may do. */
export interface DiffFile extends TextPair {
  /** With `/`. */
  readonly path: string
  /** Of a new file. */
  readonly executable: boolean
}

/**
 * The change of a file as `git apply` and `patch -p1` read it (GNU diffutils, "Detailed Unified"; git-diff, "generate
 * patch text"); empty where nothing changes. `show` is put over the text of each line.
 */
export function unifiedDiff(file: DiffFile, show: (line: DiffLine) => string = ({ text }) => text): string {
  const hunks = hunksOf(file)
  const { path, before, after, executable } = file
  if (hunks.length === 0) return ''
  const [old, now] = [gitPath(`a/${path}`), gitPath(`b/${path}`)]
  return [
    `diff --git ${old} ${now}\n`,
    before === undefined ? `new file mode ${executable ? '100755' : '100644'}\n` : '',
    `--- ${before === undefined ? '/dev/null' : named(old)}\n`,
    `+++ ${after === undefined ? '/dev/null' : named(now)}\n`,
    ...hunks.flatMap((hunk) => [
      `@@ ${rangesOf(hunk)} @@\n`,
      ...hunk.lines.map((line) => {
        const text = show(line)
        return `${line.kind}${text}${text.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`
      }),
    ]),
  ].join('')
}

/** A tab ends a name that has blanks, for `patch`. */
const named = (path: string): string => (/[ \t]/.test(path) && !path.startsWith('"') ? `${path}\t` : path)

/** A path as git quotes it: bytes beyond ASCII, control characters, quotes and backslashes as escapes. */
function gitPath(path: string): string {
  if (/^[ !#-[\]-~]*$/.test(path)) return path
  const bytes = [...new TextEncoder().encode(path)]
  const octal = (byte: number): string => {
    if (byte === 0x22 || byte === 0x5c) return `\\${String.fromCharCode(byte)}`
    return byte < 0x20 || byte > 0x7e ? `\\${byte.toString(8).padStart(3, '0')}` : String.fromCharCode(byte)
  }
  return `"${bytes.map(octal).join('')}"`
}
