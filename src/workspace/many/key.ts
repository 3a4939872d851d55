import { createHash } from 'node:crypto'
import { basename, dirname, sep } from 'node:path'
import { isComposeFile } from '../../files/names.ts'
import { build, version } from '../../report/version.ts'
import type { CheckOptions } from '../check.ts'
import { pathFrom } from '../paths.ts'
import type { OpenProject } from '../workspace.ts'

/** The form of what is kept. */
const form = 1
/** Characters that are digested in one go. */
const fewestAtOnce = 16_384

/**
 * The key of what is found in a project: a digest of all that the answer hangs on, which is what was read of it, what is
 * listed, what was asked and is not there, its settings, the call, and this very program. Where the project lies is no part
 * of it, but for the path by which it is called and what its compose files say of that place.
 */
export function keyOf(project: OpenProject, cwd: string, asked: CheckOptions): string {
  const { root, targets, tree, options, baseline, problems, truncated, remarks, named } = project
  const hash = createHash('sha256')
  const place = namesPlace(project) ? root : ''
  let waiting = ''
  const write = writerTo((text) => {
    waiting += text
    if (waiting.length < fewestAtOnce) return
    hash.update(waiting)
    waiting = ''
  }, root)
  write([form, version, build, sep, pathFrom(cwd, root), basename(root), place])
  write([asked, options, baseline, targets, named, problems, truncated, remarks])
  write([tree.sources, tree.entries, [...(tree.elsewhere ?? [])].toSorted()])
  return hash.update(waiting).digest('hex')
}

/** Whether a compose file names a folder in which the project lies. */
function namesPlace({ root, tree }: OpenProject): boolean {
  const above: string[] = []
  for (let folder = root; dirname(dirname(folder)) !== dirname(folder); folder = dirname(folder)) above.push(folder)
  return tree.sources.some(({ path, text }) => isComposeFile(path) && above.some((folder) => text.includes(folder)))
}

/** Writes data so that other data is written otherwise; what is the same object is written once. Paths below `root` are relative. */
function writerTo(put: (text: string) => void, root: string): (value: unknown) => void {
  const seen = new Map<object, number>()
  const write = (value: unknown): void => {
    if (typeof value === 'string') {
      const text = value === root ? '' : value.startsWith(root + sep) ? value.slice(root.length) : value
      put(`s${text.length}:${text}`)
    } else if (typeof value !== 'object' || value === null) put(`${typeof value}:${String(value)};`)
    else writeObject(value)
  }
  const writeObject = (value: object): void => {
    const known = seen.get(value)
    if (known !== undefined) return put(`#${known};`)
    seen.set(value, seen.size)
    if (Array.isArray(value)) writeAll('[', value)
    else if (value instanceof Map) writeAll('m', [...value].flat())
    else if (value instanceof Set) writeAll('e', [...value])
    else {
      const entries = Object.entries(value).filter(([, part]) => part !== undefined)
      writeAll('{', entries.toSorted(([one], [other]) => (one < other ? -1 : 1)).flat())
    }
  }
  const writeAll = (sign: string, parts: readonly unknown[]): void => {
    put(`${sign}${parts.length};`)
    for (const part of parts) write(part)
  }
  return write
}
