import { resolve } from 'node:path'
import type { Sight } from '../files/door/door.ts'
import { whyClosed } from '../files/door/found.ts'
import type { OpenSight } from '../files/door/open.ts'
import { formOf, isTarForm } from '../files/tar/form.ts'
import { wantedOf } from '../files/wanted.ts'
import { done, type Result, type Wrong, wrong } from './result.ts'

/** Something that the user named. */
export interface NamedTarget {
  /** As it was named. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  /** `tar`: a file that begins as a tar does, or as something compressed. */
  readonly kind: 'file' | 'folder' | 'tar' | 'stdin' | 'unreadable'
  /** Why an `unreadable` one is. */
  readonly reason: string
}

/**
 * Looks at every path that was named; the first that does not exist makes the call wrong. `mayLeadOut`: whether a file
 * may be a link that leads out of the project.
 */
export function targetsOf(
  names: readonly string[],
  stdinPath: string,
  cwd: string,
  door: OpenSight,
  mayLeadOut = false,
): Result<readonly NamedTarget[]> {
  const targets: NamedTarget[] = []
  for (const name of new Set(names)) {
    const path = resolve(cwd, name)
    const isLinked = mayLeadOut && door.linked.at(path).kind === 'file'
    const target = name === '-' ? stdinAt(resolve(cwd, stdinPath)) : targetOf(name, path, isLinked ? door.linked : door)
    if (target === undefined) return wrong(`there is no file or folder \`${name}\``)
    targets.push(target)
  }
  return done(targets)
}

const stdinAt = (path: string): NamedTarget => ({ name: '-', path, kind: 'stdin', reason: '' })

function targetOf(name: string, path: string, door: Sight): NamedTarget | undefined {
  if (name === '') return undefined
  const found = door.at(path)
  if (found.kind === 'folder') return { name, path, kind: 'folder', reason: '' }
  if (found.kind === 'file') return { name, path, kind: isTar(path, door) ? 'tar' : 'file', reason: '' }
  if (found.kind === 'missing' && !found.byLink) return undefined
  return { name, path, kind: 'unreadable', reason: whyClosed(found) }
}

/** Why a file that was named is not checked: it is of no kind that is read; undefined where all are of one. */
export function oddIn(targets: readonly NamedTarget[], sight: Sight): Wrong | undefined {
  const odd = targets.find((target) => target.kind === 'file' && !isKnown(target.path, sight))
  return odd && wrong(`\`${odd.name}\` is no Dockerfile, compose file, env file, or other file that is checked`)
}

/** Whether a file is of a kind that is read: by its name, or as a script by its first line. */
function isKnown(path: string, door: Sight): boolean {
  const wanted = wantedOf(path, 0)
  if (wanted !== 'script') return wanted !== undefined
  const head = door.head(path, 2)
  return head.kind === 'bytes' && head.bytes[0] === 0x23 && head.bytes[1] === 0x21
}

const longestHead = 512

function isTar(path: string, door: Sight): boolean {
  const head = door.head(path, longestHead)
  return head.kind === 'bytes' && isTarForm(formOf(head.bytes))
}
