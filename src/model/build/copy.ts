import { posix } from 'node:path'
import { expandKnown, type KnownLookup } from '../../languages/dockerfile/expand.ts'
import type { CopyInstruction, Escape, Mount, Word } from '../../languages/dockerfile/types.ts'
import { type Context, matchesGlob } from './context.ts'
import { type Cause, isFolderIn, locate, type Place, type StageFiles, type Write } from './files.ts'

/** What COPY, ADD and bind mounts need to know of the stage that they stand in. */
export interface CopyScope {
  readonly cwd: string
  readonly escape: Escape
  readonly context: Context
  readonly lookup: KnownLookup
  /** Whether a path of the stage is a folder as things stand. */
  readonly isFolder: (path: string) => boolean
  /** The files of what `--from` names, as they are when that stage is done. */
  readonly filesFrom: (reference: string) => StageFiles | undefined
}

/**
 * What a COPY or ADD changes (Dockerfile reference, "COPY"): a folder is copied by its contents, a file goes to the
 * destination or, where that ends in `/` or several sources are named, into it.
 */
export function writesOfCopy(instruction: CopyInstruction, scope: CopyScope): readonly Write[] {
  const cause: Cause = { span: instruction.span, runs: 'always' }
  const destination = absolute(instruction.destination, scope)
  if (destination === undefined) return [elsewhere('/', cause, 'the destination of the copy is not known')]
  const inside = /[/.]$/.test(instruction.destination.text) || destination === scope.cwd || scope.isFolder(destination)
  const many = instruction.sources.length + instruction.files.length > 1
  const exclude = instruction.exclude.flatMap((word) => expanded(word, scope) ?? [])

  const inline = instruction.files.map(
    (file): Write => ({
      kind: 'inline',
      target: inside || many ? posix.join(destination, file.delimiter) : destination,
      cause,
      body: file.bodySpan,
    }),
  )
  const copied = instruction.sources.flatMap((word) => {
    const source = expanded(word, scope)
    if (source === undefined) return [elsewhere(destination, cause, `\`${word.text}\` is not known`)]
    if (/^(https?|git|ssh):\/\/|^git@/.test(source)) return [elsewhere(destination, cause, `\`${source}\` is fetched`)]
    if (instruction.keyword === 'ADD' && /\.(tar|tgz|tar\.\w+|txz|tbz2)$/.test(source)) {
      return [elsewhere(destination, cause, `\`${source}\` is unpacked`)]
    }
    const places = placesOf(source, instruction.from, scope)
    return places.map((place): Write => {
      const intoFolder = place.type !== 'folder' && (inside || many || places.length > 1)
      const target = instruction.parents
        ? posix.join(destination, place.relative)
        : intoFolder
          ? posix.join(destination, posix.basename(place.relative))
          : destination
      return { kind: 'copy', target, cause, from: exclude.length > 0 ? without(place.place, exclude) : place.place }
    })
  })
  return [...inline, ...copied]
}

/** What a bind mount lays over the files while its RUN runs; nothing for cache, secret and other mounts. */
export function writesOfMount(mount: Mount, cause: Cause, scope: CopyScope): readonly Write[] {
  if (mount.type !== 'bind' || mount.target === undefined) return []
  const target = absolute(mount.target, scope)
  if (target === undefined) return []
  const source = mount.source ? expanded(mount.source, scope) : ''
  if (source === undefined) return [elsewhere(target, cause, 'the source of the mount is not known')]
  return placesOf(source, mount.from, scope).map(({ place }): Write => ({ kind: 'copy', target, cause, from: place }))
}

interface Found {
  readonly place: Place
  readonly relative: string
  readonly type: 'file' | 'folder' | undefined
}

function placesOf(source: string, from: Word | undefined, scope: CopyScope): readonly Found[] {
  const trimmed = source.replace(/\/+$/, '')
  if (from) {
    const reference = expanded(from, scope)
    const files = reference === undefined ? undefined : scope.filesFrom(reference)
    if (files === undefined) {
      const place: Place = { in: 'elsewhere', why: `\`${from.text}\` is an image that is not in view` }
      return [{ place, relative: trimmed, type: undefined }]
    }
    const path = posix.resolve('/', wildcardFree(trimmed))
    const place: Place = { in: 'stage', files, path, before: files.writes.length }
    const whole = isStar(trimmed) || source.endsWith('/')
    return [{ place, relative: path.slice(1), type: whole ? 'folder' : typeIn(files, path) }]
  }
  const relative = posix.normalize(trimmed === '' ? '.' : trimmed).replace(/^(\.\.?\/|\/)+|^\.$/, '')
  const { context } = scope
  if (/[*?[]/.test(relative)) {
    return context
      .filesUnder(context.root)
      .concat(context.foldersUnder(context.root))
      .flatMap((path) => {
        const inside = context.root === '' ? path : path.slice(context.root.length + 1)
        return matchesGlob(relative, inside) ? [inContext(context, inside)] : []
      })
  }
  return [inContext(context, relative)]
}

function inContext(context: Context, relative: string): Found {
  const path = posix.join(context.root, relative).replace(/^\.$/, '')
  const type = context.typeOf(path)
  const looksLikeFile = /(^|\/)[^/]*\.[^/]+$|(^|\/)(Makefile|Dockerfile|Procfile|justfile|LICENSE)$/.test(relative)
  return {
    place: { in: 'context', context, path },
    relative,
    type: type === 'unseen' ? (looksLikeFile ? 'file' : 'folder') : type,
  }
}

function without(place: Place, patterns: readonly string[]): Place {
  if (place.in !== 'context') return place
  const { context } = place
  const hidden = (path: string) => {
    const inside = path.slice(place.path === '' ? 0 : place.path.length + 1)
    return patterns.some((pattern) => matchesGlob(pattern, inside) || inside.startsWith(`${pattern}/`))
  }
  const typeOf: Context['typeOf'] = (path) => (hidden(path) ? undefined : context.typeOf(path))
  return {
    ...place,
    context: { ...context, typeOf, filesUnder: (folder) => context.filesUnder(folder).filter((path) => !hidden(path)) },
  }
}

function typeIn(files: StageFiles, path: string): Found['type'] {
  const { origin } = locate(files, path)
  if (origin.kind === 'inline' || (origin.kind === 'context' && origin.type === 'file')) return 'file'
  return isFolderIn(files, path) || !/\.\w+$/.test(path) ? 'folder' : undefined
}

const isStar = (path: string) => /\/\*$/.test(path)
const wildcardFree = (path: string) => path.replace(/\/[^/]*[*?[].*$/, '')

const elsewhere = (target: string, cause: Cause, why: string): Write => ({ kind: 'unknown', target, cause, why })

function expanded(word: Word, scope: CopyScope): string | undefined {
  const value = expandKnown(word.text, scope.lookup, scope.escape)
  return value.kind === 'known' ? value.value : undefined
}

function absolute(word: Word, scope: CopyScope): string | undefined {
  const path = expanded(word, scope)
  return path === undefined ? undefined : posix.resolve(scope.cwd, path)
}
