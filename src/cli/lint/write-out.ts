import { closeSync, constants, openSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve, sep } from 'node:path'
import { reasonOf } from '../../files/reason.ts'
import { anything, writeFiles } from '../../files/write.ts'
import type { Io } from '../io.ts'
import { isThere } from './settings.ts'

/**
 * Writes a file that the call names, over whatever file or link is there. Gives the problem where that cannot be done:
 * in a project, a folder that is a link out of it is not written to.
 */
export async function writeOut(text: string, file: string, io: Io): Promise<string | undefined> {
  const path = resolve(io.cwd, file)
  if (path.startsWith('/dev/')) return writeToDevice(path, text, io)
  const root = await rootAround(path, io.cwd)
  const change = { path: relative(root, path), before: anything, after: text, executable: false } as const
  const [refusal] = await writeFiles(root, [change], io.onInterrupt)
  return refusal && `\`${file}\` cannot be written: ${refusal.why.replace(/^it cannot be written: /, '')}`
}

/** A terminal, a pipe or the like is written to as it is. */
function writeToDevice(path: string, text: string, io: Io): string | undefined {
  if (path === '/dev/stdout') io.stdout.write(text)
  else if (path === '/dev/stderr') io.stderr.write(text)
  else {
    try {
      const device = openSync(path, constants.O_WRONLY)
      try {
        writeFileSync(device, text)
      } finally {
        closeSync(device)
      }
    } catch (error) {
      return `\`${path}\` cannot be written: ${reasonOf(error)}`
    }
  }
  return undefined
}

/** The folder that a written file may not leave by a link: the repository around it, else the working directory. */
async function rootAround(path: string, cwd: string): Promise<string> {
  const home = (await firstWithGit(upFrom(cwd))) ?? cwd
  if (path.startsWith(home.endsWith(sep) ? home : home + sep)) return home
  return (await firstWithGit(upFrom(dirname(path)).toReversed())) ?? dirname(path)
}

function upFrom(folder: string): readonly string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upFrom(above)]
}

async function firstWithGit(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) if (await isThere(resolve(folder, '.git'))) return folder
  return undefined
}
