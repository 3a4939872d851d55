import { breakIn } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { compilePattern, isRefused, type Matcher } from './pattern.ts'

/** One line of a .dockerignore. */
export interface IgnorePattern {
  /** As it is matched: cleaned, without `!`. */
  readonly text: string
  /** `!`: what it matches is in the context after all. */
  readonly negated: boolean
  /** The line without blanks around it. */
  readonly span: Span
  readonly matches: Matcher
}

/** A .dockerignore. Where `problems` is not empty, Docker refuses the build. */
export interface DockerIgnore {
  readonly source: Source
  readonly patterns: readonly IgnorePattern[]
  readonly problems: readonly Problem[]
}

/** Reads a .dockerignore as BuildKit does (moby/patternmatcher 0.6). It never throws; invalid lines are left out. */
export function parseDockerignore(source: Source): DockerIgnore {
  const patterns: IgnorePattern[] = []
  const problems: Problem[] = []
  let start = source.text.startsWith('\ufeff') ? 1 : 0
  while (start < source.text.length) {
    const found = source.text.indexOf('\n', start)
    const end = found < 0 ? source.text.length : found
    const line = source.text.slice(start, end)
    const text = trimBlanks(line)
    const from = start + (text === '' ? 0 : line.indexOf(text))
    const at = span(source, from, from + text.length)
    start = end + 1
    if (text === '' || line.startsWith('#')) continue
    const { text: pattern, negated } = readPattern(text)
    const matches = pattern === '' || isRefused(pattern) ? undefined : compilePattern(pattern)
    if (matches) patterns.push({ text: pattern, negated, span: at, matches })
    else if (pattern === '') problems.push({ span: at, message: '`!` needs a pattern' })
    else if (isRefused(pattern) || !negated || patterns.some((before) => !before.negated)) {
      problems.push({ span: at, message: `\`${text}\` is no pattern` })
    }
  }
  const broken = breakIn(source)
  return { source, patterns, problems: broken ? [broken] : problems }
}

/** Go's strings.TrimSpace. */
function trimBlanks(text: string): string {
  const blank = (character: string | undefined) =>
    character !== undefined && (character === '\u0085' || (character !== '\ufeff' && /\s/.test(character)))
  let from = 0
  let to = text.length
  while (from < to && blank(text[from])) from++
  while (to > from && blank(text[to - 1])) to--
  return text.slice(from, to)
}

function readPattern(text: string): Pick<IgnorePattern, 'text' | 'negated'> {
  const negatedLine = text.startsWith('!')
  let pattern = negatedLine ? trimBlanks(text.slice(1)) : text
  if (pattern !== '') {
    pattern = cleanPath(pattern)
    if (pattern.length > 1 && pattern.startsWith('/')) pattern = pattern.slice(1)
  }
  // The matcher trims, cleans and looks for `!` once more, so that `!!a` and `/!a` come out as they do in Docker.
  pattern = cleanPath(trimBlanks(negatedLine ? `!${pattern}` : pattern))
  return pattern.startsWith('!') ? { text: pattern.slice(1), negated: true } : { text: pattern, negated: false }
}

/** Whether `path`, relative to the root of the context and with `/`, is kept out of the context. */
export function excludes(ignore: DockerIgnore, path: string): boolean {
  const deciding = decidingOf(ignore, path)
  return deciding !== undefined && !deciding.negated
}

/** The line that decides whether `path` is kept out: the last, be it with `!`, that changes the answer. Undefined where none does. */
export function decidingPattern(ignore: DockerIgnore, path: string): Span | undefined {
  return decidingOf(ignore, path)?.span
}

function decidingOf(ignore: DockerIgnore, path: string): IgnorePattern | undefined {
  const file = cleanPath(path)
  if (file === '.') return undefined
  let deciding: IgnorePattern | undefined
  for (const { pattern } of matching(file, lookupOf(ignore))) {
    const excluded = deciding !== undefined && !deciding.negated
    if (pattern.negated === excluded) deciding = pattern
  }
  return deciding
}

/** A pattern with its place in the file. */
interface Numbered {
  readonly pattern: IgnorePattern
  readonly index: number
}

interface PatternLookup {
  /** Patterns without anything special, by their text. */
  readonly plain: ReadonlyMap<string, readonly Numbered[]>
  readonly others: readonly Numbered[]
  /** What matches a folder or one above it, which many files share. */
  readonly folders: Map<string, readonly Numbered[]>
}

const lookupOf = oncePer(({ patterns }: DockerIgnore): PatternLookup => {
  const plain = new Map<string, Numbered[]>()
  const others: Numbered[] = []
  for (const [index, pattern] of patterns.entries()) {
    const same = plain.get(pattern.text)
    if (/[*?[\]\\\ufeff]/.test(pattern.text)) others.push({ pattern, index })
    else if (same) same.push({ pattern, index })
    else plain.set(pattern.text, [{ pattern, index }])
  }
  return { plain, others, folders: new Map() }
})

/** The patterns that match `path` or a folder above it, in the order of the file. */
function matching(path: string, lookup: PatternLookup): readonly Numbered[] {
  let found: readonly Numbered[] = []
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    const folder = path.slice(0, slash)
    found = lookup.folders.get(folder) ?? joined(found, matchingItself(folder, lookup))
    lookup.folders.set(folder, found)
  }
  return joined(found, matchingItself(path, lookup))
}

const matchingItself = (path: string, { plain, others }: PatternLookup): readonly Numbered[] => [
  ...(plain.get(path) ?? []),
  ...others.filter(({ pattern }) => pattern.matches(path)),
]

const joined = (above: readonly Numbered[], own: readonly Numbered[]): readonly Numbered[] =>
  own.length === 0 ? above : [...new Set([...above, ...own])].sort((one, other) => one.index - other.index)

/** The shortest path that means the same as `path`, as Go's filepath.Clean gives it: `.` for an empty one. */
function cleanPath(path: string): string {
  const rooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!rooted) kept.push(part)
  }
  return rooted ? `/${kept.join('/')}` : kept.join('/') || '.'
}
