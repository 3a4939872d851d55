import { lstat, open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { codeOf, reasonOf } from '../../files/reason.ts'
import { formOf, isTarForm } from '../../files/tar/form.ts'

/** Something that the user named. */
export interface Target {
  /** As it was named. */
  readonly name: string
  /** Absolute. */
  readonly path: string
  /** `tar`: a file that begins as a tar does, or as something compressed. */
  readonly kind: 'file' | 'folder' | 'tar' | 'stdin' | 'unreadable'
  /** Why an `unreadable` one is. */
  readonly reason: string
}

export type Targets =
  | { readonly kind: 'targets'; readonly targets: readonly Target[] }
  | { readonly kind: 'wrong'; readonly message: string }

/** Looks at every path that was named; the first that does not exist makes the call wrong. */
export async function targetsOf(names: readonly string[], stdinPath: string, cwd: string): Promise<Targets> {
  const targets: Target[] = []
  for (const name of new Set(names)) {
    const target = name === '-' ? stdinAt(resolve(cwd, stdinPath)) : await targetOf(name, resolve(cwd, name))
    if (target === undefined) return { kind: 'wrong', message: `there is no file or folder \`${name}\`` }
    targets.push(target)
  }
  return { kind: 'targets', targets }
}

const stdinAt = (path: string): Target => ({ name: '-', path, kind: 'stdin', reason: '' })

async function isTar(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined)
  if (file === undefined) return false
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(512) })
    return isTarForm(formOf(buffer.subarray(0, bytesRead)))
  } finally {
    await file.close()
  }
}

const missing = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']

async function targetOf(name: string, path: string): Promise<Target | undefined> {
  if (name === '') return undefined
  try {
    const found = await stat(path)
    if (found.isDirectory()) return { name, path, kind: 'folder', reason: '' }
    if (found.isFile()) return { name, path, kind: (await isTar(path)) ? 'tar' : 'file', reason: '' }
    return { name, path, kind: 'unreadable', reason: 'it is neither a file nor a folder' }
  } catch (error) {
    if (!missing.includes(codeOf(error))) return { name, path, kind: 'unreadable', reason: reasonOf(error) }
    const isLink = await lstat(path)
      .then((found) => found.isSymbolicLink())
      .catch(() => false)
    return isLink ? { name, path, kind: 'unreadable', reason: 'it is a link that leads nowhere' } : undefined
  }
}
