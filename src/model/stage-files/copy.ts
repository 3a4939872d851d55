import { posix } from 'node:path'
import { expandKnown, type KnownLookup } from '../../languages/dockerfile/expand.ts'
import type { CopyInstruction, Escape, Word } from '../../languages/dockerfile/types.ts'
import { type Known, unknown } from '../../text/known.ts'
import { type Span, textOf } from '../../text/source.ts'
import { pathsMatching } from './entries.ts'
import { folderState } from './folder.ts'
import { pathMatcher } from './glob.ts'
import { realPath } from './locate.ts'
import { type Folder, resolvePath } from './paths.ts'
import { type FoundSource, foundInContext, foundInStage, foundWithParents } from './sources.ts'
import type { Cause, Context, Dangling, Place, StageFiles, Write } from './types.ts'

/** What COPY, ADD and mounts need to know of the stage that they stand in. */
export interface CopyScope {
  /** The working directory. */
  readonly cwd: Folder
  readonly escape: Escape
  readonly context: Context
  readonly lookup: KnownLookup
  /** The files of the stage as things stand. */
  readonly files: StageFiles
  /** The files of what `--from` names, of which `path` is wanted, as they are when that stage is done. `at`: where it is named. */
  readonly filesFrom: (reference: string, path: string, at: Span) => StageFiles | undefined
  /** Takes what leads nowhere. */
  readonly dangles: (reference: Dangling) => void
}

/**
 * What a COPY or ADD changes (Dockerfile reference, "COPY"): a folder is copied by its contents, a file goes to the
 * destination or, where that ends in `/` or several sources are named, into it.
 */
export function writesOfCopy(instruction: CopyInstruction, scope: CopyScope): readonly Write[] {
  const cause: Cause = { span: instruction.span, runs: 'always' }
  const written = expanded(instruction.destination, scope)
  const named = absolute(instruction.destination, scope)
  if (written.kind !== 'known' || named.kind !== 'known')
    return [elsewhere('/', cause, 'the destination of the copy is not known')]
  const destination = realPath(scope.files, named.value)
  const many = instruction.sources.length + instruction.files.length > 1
  const asFolder = /(^|\/)\.{0,2}$/.test(written.value) || named.value === scope.cwd.path
  const state = folderState(scope.files, destination)
  const isFolder = asFolder || state.isFolder
  const isOpen = !asFolder && !many && state.isOpen

  const inline = instruction.files.map(
    (file): Write => ({
      kind: 'inline',
      target: isFolder || many ? posix.join(destination, file.delimiter) : destination,
      cause,
      written: [{ text: textOf(file.bodySpan), at: file.bodySpan }],
    }),
  )
  const exclude = instruction.exclude.flatMap((word) => {
    const pattern = expanded(word, scope)
    return pattern.kind === 'known' ? [pattern.value] : []
  })
  const sources = [...new Map(instruction.sources.map((word) => [word.text, word])).values()]
  const copied = sources.flatMap((word) => {
    const told = expanded(word, scope)
    if (told.kind !== 'known') return [elsewhere(destination, cause, `\`${word.text}\` is not known`)]
    const { value: source } = told
    const fetched = instruction.keyword === 'ADD' ? added(source, instruction, isFolder || many) : undefined
    if (fetched?.name !== undefined) return [elsewhere(posix.join(destination, fetched.name), cause, fetched.why)]
    const found = isOfNetwork(source)
      ? []
      : sourcesOf({ text: source, span: word.span }, instruction.from, scope, instruction.parents)
    if (fetched) return unpacked(destination, cause, fetched.why)
    return found.flatMap((one): readonly Write[] => {
      if (instruction.keyword === 'ADD' && one.type === 'file' && unpacks(one.relative, instruction)) {
        return unpacked(destination, cause, `\`${one.relative}\` is unpacked`)
      }
      // Of an image that is not in view only the names tell.
      const mayBeFile = one.type !== 'folder' && (one.place.in !== 'elsewhere' || looksLikeFile(source, written.value))
      const into = instruction.parents || (mayBeFile && (isFolder || many || found.length > 1))
      if (mayBeFile && isOpen) {
        return [elsewhere(destination, cause, `whether \`${destination}\` is a folder is not known`)]
      }
      const name = instruction.parents ? one.relative : posix.basename(one.relative)
      return excluding(
        { kind: 'copy', target: into ? posix.join(destination, name) : destination, cause, from: one.place },
        one,
        exclude,
      )
    })
  })
  return [...inline, ...copied]
}

/** Whether a source that is not in view is a file that goes into the folder `destination`. */
const looksLikeFile = (source: string, destination: string) =>
  destination.endsWith('/') && !source.endsWith('/') && posix.basename(source) !== posix.basename(destination)

const isOfNetwork = (source: string) => /^(git|ssh|https?):\/\/|^git@/.test(source)

/** What ADD fetches or unpacks, and the name that a file gets below the destination. */
function added(source: string, instruction: CopyInstruction, intoFolder: boolean) {
  if (/^(git|ssh):\/\/|^git@|^https?:\/\/[^?#]*\.git(#|\?|$)/.test(source)) return { why: `\`${source}\` is cloned` }
  if (!/^https?:\/\//.test(source))
    return unpacks(source, instruction) ? { why: `\`${source}\` is unpacked` } : undefined
  const why = `\`${source}\` is fetched`
  if (unpacks('', instruction)) return { why }
  return { name: intoFolder ? posix.basename(source.replace(/[?#].*/s, '')) : '', why }
}

/** Whether ADD unpacks a file of the context with this name. */
function unpacks(name: string, { flags }: CopyInstruction): boolean {
  const flag = flags.find((one) => one.name === 'unpack')
  return flag ? flag.value !== 'false' : /\.(tar|tgz|tbz2?|txz|tzst|tar\.\w+)$/.test(name)
}

const unpacked = (target: string, cause: Cause, why: string): readonly Write[] => [
  folderAt(target, cause.span),
  elsewhere(target, cause, why),
]

/** The folder that an instruction makes. */
export const folderAt = (target: string, span: Span): Write => ({
  kind: 'folder',
  target,
  cause: { span, runs: 'always' },
})

/** What a source of COPY or of a mount stands for; its text is the expanded one. */
export function sourcesOf(
  { text: source, span }: Word,
  from: Word | undefined,
  scope: CopyScope,
  parents = false,
): readonly FoundSource[] {
  if (from === undefined) {
    const found = parents ? foundWithParents(source, scope.context) : foundInContext(source, scope.context)
    for (const { missing, place } of found) {
      if (missing) scope.dangles({ kind: 'source', span, path: source, missing })
      else if (place.in === 'context' && place.context.isLocal(place.path))
        scope.dangles({ kind: 'local', span, path: source })
    }
    return found
  }
  const reference = expanded(from, scope)
  const files = reference.kind === 'known' ? scope.filesFrom(reference.value, source, from.span) : undefined
  if (files) return foundInStage(source, files)
  const place: Place = { in: 'elsewhere', why: `\`${from.text}\` is an image that is not here` }
  return [{ place, relative: source.replace(/^\/+|(?<!\/)\/+$/g, ''), type: undefined }]
}

/** The write without what `--exclude` takes away. */
function excluding(write: Write, { place, relative }: FoundSource, patterns: readonly string[]): readonly Write[] {
  if (patterns.length === 0 || write.kind !== 'copy') return [write]
  const matchers = patterns.map(pathMatcher)
  const isExcluded = (path: string) => matchers.some((matches) => matches(path))
  if (isExcluded(posix.basename(relative))) return []
  if (place.in === 'elsewhere') return [write]
  return [{ ...write, from: place.in === 'stage' ? stageWithout(write, patterns) : contextWithout(place, isExcluded) }]
}

function contextWithout(place: Extract<Place, { in: 'context' }>, isExcluded: (path: string) => boolean): Place {
  const { context, path } = place
  const hidden = (file: string) => file !== path && isExcluded(file.slice(path === '' ? 0 : path.length + 1))
  const typeOf: Context['typeOf'] = (file) => (hidden(file) ? undefined : context.typeOf(file))
  const filesUnder: Context['filesUnder'] = (folder) => context.filesUnder(folder).filter((file) => !hidden(file))
  const namesIn: Context['namesIn'] = (folder) =>
    context.namesIn(folder).filter((name) => !hidden(posix.join(folder, name)))
  const ignoredUnder: Context['ignoredUnder'] = (folder) => context.ignoredUnder(folder).filter((file) => !hidden(file))
  return { ...place, context: { ...context, typeOf, filesUnder, ignoredUnder, namesIn } }
}

/** The files of a stage as a stage of their own, in which what the patterns find is removed. */
function stageWithout({ cause, from }: Extract<Write, { kind: 'copy' }>, patterns: readonly string[]): Place {
  const whole: StageFiles = { base: undefined, writes: [{ kind: 'copy', target: '/', cause, from }] }
  const gone = patterns.flatMap((pattern) => pathsMatching(whole, posix.resolve('/', pattern), 'copy').paths)
  const writes = [...whole.writes, ...gone.map((target): Write => ({ kind: 'removed', target, cause }))]
  return { in: 'stage', files: { base: undefined, writes }, path: '/', before: writes.length }
}

const elsewhere = (target: string, cause: Cause, why: string): Write => ({ kind: 'unknown', target, cause, why })

/** A word after expansion. */
export const expanded = (word: Word, scope: CopyScope): Known<string> =>
  expandKnown(word.text, scope.lookup, scope.escape)

/** The path that a word means in the stage. */
export function absolute(word: Word, { cwd, ...scope }: CopyScope): Known<string> {
  const path = expanded(word, { cwd, ...scope })
  if (path.kind !== 'known') return path
  if (cwd.doubt && !posix.isAbsolute(path.value)) return cwd.doubt
  const resolved = resolvePath(cwd.path, path.value)
  return resolved === undefined ? unknown('it is too long for a path') : { ...path, value: resolved }
}
