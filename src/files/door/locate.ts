import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { codeOf, reasonOf } from '../reason.ts'
import type { Closed, Found } from './found.ts'
import { isOfTheSystem } from './system.ts'

/** A file or folder that the user named, or that is around one. */
export interface Root {
  /** As it was named, absolute. */
  readonly given: string
  /** Without links. */
  readonly real: string
}

/** Says what stands at an absolute path. */
export type Locate = (path: string) => Found

/** Whether `path` is `folder` or lies in it; both absolute. */
export function isWithin(folder: string, path: string): boolean {
  const rest = relative(folder, path)
  return rest !== '..' && !rest.startsWith(`..${sep}`) && resolve(folder, rest) === path
}

/** As Linux has it (path_resolution(7)). */
const mostLinks = 40

/**
 * Looks at paths below `roots`. Every link on the way is followed by hand, so that nothing outside is touched, not even
 * to see whether it is there.
 */
export function locator(roots: readonly Root[]): Locate {
  const folders = new Map<string, string>()
  const startOf = (path: string): { readonly at: string; readonly parts: readonly string[] } | undefined => {
    const folder = dirname(path)
    const known = folder === path ? undefined : folders.get(folder)
    if (known !== undefined) return { at: known, parts: [path.slice(joined(folder, '').length)] }
    for (const { given, real } of roots) {
      const base = isWithin(given, path) ? given : isWithin(real, path) ? real : undefined
      if (base !== undefined) return { at: real, parts: path === base ? [] : relative(base, path).split(sep) }
    }
    return undefined
  }
  return (path) => {
    let wanted = isResolved(path) ? path : resolve(path)
    for (let links = 0; links <= mostLinks; links++) {
      const start = startOf(wanted)
      if (start === undefined) return { kind: 'elsewhere', byLink: links > 0 }
      const went = follow(start.at, start.parts)
      if (went.kind !== 'link') {
        if (went.kind === 'folder') folders.set(wanted, went.real)
        return went.kind === 'missing' ? { ...went, byLink: links > 0 } : went
      }
      wanted = went.to
    }
    return { kind: 'missing', byLink: true }
  }
}

/** Whether `resolve` would give a path as it is: it costs as much as to look there. */
const isResolved = (path: string): boolean => sep === '/' && path.startsWith('/') && !/\/\.{0,2}(\/|$)/.test(path)

/** The path of what has a name in a folder. */
export const joined = (folder: string, name: string): string =>
  folder.endsWith(sep) ? `${folder}${name}` : `${folder}${sep}${name}`

/** What stands under a name in a folder whose path has no links; undefined where that is a link. */
export function insideOf(folder: string, name: string): Found | undefined {
  const path = joined(folder, name)
  try {
    const found = lstatSync(path, withoutError)
    if (found === undefined) return nothingThere
    return found.isSymbolicLink() ? undefined : foundAt(path, found)
  } catch (error) {
    return closedBy(error)
  }
}

function follow(from: string, parts: readonly string[]): Found | { readonly kind: 'link'; readonly to: string } {
  let at = from
  try {
    let found = parts.length === 0 ? lstatSync(at, withoutError) : undefined
    for (const [index, part] of parts.entries()) {
      const next = joined(at, part)
      found = lstatSync(next, withoutError)
      if (found === undefined) return nothingThere
      if (found.isSymbolicLink()) {
        return { kind: 'link', to: join(resolve(at, readlinkSync(next)), ...parts.slice(index + 1)) }
      }
      at = next
    }
    return found === undefined ? nothingThere : foundAt(at, found)
  } catch (error) {
    return closedBy(error)
  }
}

/** What stands at a path without links, by its state. */
function foundAt(real: string, found: Stats): Found {
  if (!found.isFile() && !found.isDirectory()) return { kind: 'special', made: false }
  if (isOfTheSystem(real, found.dev)) return { kind: 'special', made: true }
  if (found.isDirectory()) return { kind: 'folder', real, size: found.size }
  const { size, mode, dev, ino } = found
  return { kind: 'file', real, size, mode, identity: { dev, ino } }
}

/** An error costs much more than an answer, and most of what is asked for is not there. */
const withoutError = { throwIfNoEntry: false } as const
const nothingThere: Closed = { kind: 'missing', byLink: false }

const codesOfNothing = ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']

/** Why an error of the operating system leaves nothing to read. */
export const closedBy = (error: unknown): Closed =>
  codesOfNothing.includes(codeOf(error)) ? nothingThere : { kind: 'unreadable', why: reasonOf(error) }
