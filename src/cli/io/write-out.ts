import { dirname, relative, resolve, sep } from 'node:path'
import { kindAt } from '../../files/door/open.ts'
import { anything, writeFiles } from '../../files/write.ts'
import { writeToDevice } from '../../files/writing/device.ts'
import { neutral } from '../../text/neutral.ts'
import type { Io } from './io.ts'

/** Writes to the standard output, or to `file`. Gives the problem where the file cannot be written. */
export async function writeReport(text: string, file: string | undefined, io: Io): Promise<string | undefined> {
  if (file !== undefined) return writeOut(neutral(text), file, io)
  io.stdout.write(text)
  return undefined
}

/**
 * Writes a file that the call names, over whatever file or link is there. Gives the problem where that cannot be done:
 * in a project, a folder that is a link out of it is not written to.
 */
async function writeOut(text: string, file: string, io: Io): Promise<string | undefined> {
  const path = resolve(io.cwd, file)
  if (path.startsWith('/dev/')) return problemOf(file, toDevice(path, text, io))
  const root = rootAround(path, io.cwd)
  const change = { path: relative(root, path), before: anything, after: text, executable: false } as const
  const [refusal] = await writeFiles(root, [change], io.onInterrupt)
  return problemOf(file, refusal?.why)
}

const problemOf = (file: string, why: string | undefined): string | undefined =>
  why && `\`${file}\` cannot be written: ${why.replace(/^it cannot be written: /, '')}`

/** A terminal, a pipe or the like is written to as it is. */
function toDevice(path: string, text: string, io: Io): string | undefined {
  if (path === '/dev/stdout') io.stdout.write(text)
  else if (path === '/dev/stderr') io.stderr.write(text)
  else return writeToDevice(path, text)
  return undefined
}

/** The folder that a written file may not leave by a link: the repository around it, else the working directory. */
function rootAround(path: string, cwd: string): string {
  const home = firstWithGit(upFrom(cwd)) ?? cwd
  if (path.startsWith(home.endsWith(sep) ? home : home + sep)) return home
  return firstWithGit(upFrom(dirname(path)).toReversed()) ?? dirname(path)
}

function upFrom(folder: string): readonly string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upFrom(above)]
}

const firstWithGit = (folders: readonly string[]): string | undefined =>
  folders.find((folder) => kindAt(resolve(folder, '.git')) !== undefined)
