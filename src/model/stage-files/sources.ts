import { posix } from 'node:path'
import { pathsMatching } from './entries.ts'
import { isFile, isFolderIn } from './folder.ts'
import { hasWildcard, nameMatcher, pathMatcher } from './glob.ts'
import { locate } from './locate.ts'
import type { Missing } from './missing.ts'
import type { Context, Place, StageFiles } from './types.ts'

/** What a source of COPY stands for. */
export interface FoundSource {
  readonly place: Place
  /** Its path in the context or stage, without a slash in front. */
  readonly relative: string
  readonly type: 'file' | 'folder' | undefined
  /** Where the build stops at it: why. What is looked at is then what was most likely meant. */
  readonly missing?: Missing
}

/** The files and folders of `context` that a source means: by its path, or all that its wildcards find. */
export function foundInContext(source: string, context: Context): readonly FoundSource[] {
  const relative = relativeOf(source)
  if (!hasWildcard(relative)) return [named(context, relative)]
  let paths: readonly string[] = [context.root]
  for (const part of relative.split('/')) {
    const matches = hasWildcard(part) ? nameMatcher(part) : undefined
    paths = paths.flatMap((path) =>
      (matches ? context.namesIn(path).filter(matches) : [part]).map((name) => posix.join(path, name)),
    )
  }
  return paths
    .filter((path) => /^(file|folder)$/.test(context.typeOf(path) ?? ''))
    .map((path) => inContext(context, context.root === '' ? path : path.slice(context.root.length + 1)))
}

/** What a path without wildcards means: where the build does not see it, what was most likely meant. */
function named(context: Context, relative: string): FoundSource {
  const path = posix.join(context.root, relative).replace(/^\.$/, '')
  const missing = context.missing(path)
  if (missing === undefined) return inContext(context, relative)
  if (missing.kind === 'ignored') return { ...inContext(context.unfiltered() ?? context, relative), missing }
  const { near = path } = missing
  return { ...inContext(context, context.root === '' ? near : near.slice(context.root.length + 1)), missing }
}

/** The same in the files of a stage as they are when it is done. */
export function foundInStage(source: string, files: StageFiles): readonly FoundSource[] {
  const path = posix.resolve('/', source)
  if (!hasWildcard(path)) return [inStage(files, path, source.endsWith('/'))]
  const { paths, more } = pathsMatching(files, path, 'copy')
  const found = paths.map((one) => inStage(files, one))
  const place: Place = { in: 'elsewhere', why: `not all that \`${source}\` finds is here` }
  return more ? [{ place, relative: path.slice(1), type: 'folder' }, ...found] : found
}

/**
 * The files that `COPY --parents` takes, with the path that they keep: what follows `/./`, if it stands there. As
 * --parents has it, `**` spans folders.
 */
export function foundWithParents(source: string, context: Context): readonly FoundSource[] {
  const pivot = source.indexOf('/./')
  const root = pivot === -1 ? '' : relativeOf(source.slice(0, pivot))
  const matches = pathMatcher(posix.join(root, relativeOf(source.slice(pivot + 1))))
  return context.filesUnder(context.root).flatMap((file) => {
    const path = context.root === '' ? file : file.slice(context.root.length + 1)
    if (!matches(path)) return []
    return [{ ...inContext(context, path), relative: root === '' ? path : path.slice(root.length + 1) }]
  })
}

const relativeOf = (source: string) =>
  posix.normalize(source === '' ? '.' : source).replace(/^(\.\.?\/|\/)+|(?<!\/)\/+$|^\.\.?$/g, '')

function inContext(context: Context, relative: string): FoundSource {
  const path = posix.join(context.root, relative).replace(/^\.$/, '')
  const type = context.typeOf(path)
  const looksLikeFile = /(^|\/)[^/.]*\.[^/]+$|(^|\/)(Makefile|Dockerfile|Procfile|justfile|LICENSE)$/.test(relative)
  return {
    place: { in: 'context', context, path },
    relative,
    type: type === 'unseen' ? (looksLikeFile ? 'file' : 'folder') : type,
  }
}

/** `isFolder`: whether its name says so. */
function inStage(files: StageFiles, path: string, isFolder = false): FoundSource {
  const place: Place = { in: 'stage', files, path, before: files.writes.length }
  return { place, relative: path.slice(1), type: isFolder ? 'folder' : typeIn(files, path) }
}

function typeIn(files: StageFiles, path: string): FoundSource['type'] {
  const { origin } = locate(files, path)
  if (isFile(origin)) return 'file'
  if (isFolderIn(files, path)) return 'folder'
  if (origin.kind === 'made' && origin.artifact.kind === 'release' && /^bin\/[^/]+$/.test(origin.rest)) return 'file'
  return /\.\w+$/.test(path) ? undefined : 'folder'
}
