import { dirname, relative, resolve, sep } from 'node:path'
import { kindAt } from '../../files/door/open.ts'
import { anything, type FileChange, type Refusal, refusalsOf, writeFiles } from '../../files/write.ts'
import { writeToDevice } from '../../files/writing/device.ts'
import { neutral } from '../../text/neutral.ts'
import type { Io, Output } from './io.ts'

/** A text that is to be written. */
export interface OutgoingText {
  readonly text: string
  /** As the call names it; the standard output where undefined. */
  readonly file: string | undefined
  /** Whether it must arrive as it is, and says of itself that it may. */
  readonly asItIs?: boolean
}

/** Writes to the standard output, or to `file`. Gives the problem where the file cannot be written. */
export const writeReport = (text: string, file: string | undefined, io: Io): Promise<string | undefined> =>
  writeReports([{ text, file }], io)

/**
 * Writes several texts: the files first, over whatever file or link is there, and none of them where one cannot be
 * written, then the standard output. Gives the problem: in a project, a folder that is a link out of it is not written to.
 */
export async function writeReports(all: readonly OutgoingText[], io: Io): Promise<string | undefined> {
  const files = all.flatMap((one) => (one.file === undefined ? [] : [outOf(one, one.file, io)]))
  const inFolders = files.filter(({ path }) => !isDevice(path))
  const roots = [...new Set(inFolders.map(({ root }) => root))].map(
    (root) => [root, inFolders.filter((out) => out.root === root)] as const,
  )
  for (const [root, outs] of roots) {
    const [refusal] = await refusalsOf(root, outs.map(changeOf))
    if (refusal) return problemIn(refusal, outs)
  }
  for (const [root, outs] of roots) {
    const [refusal] = await writeFiles(root, outs.map(changeOf), io.onInterrupt)
    if (refusal) return problemIn(refusal, outs)
  }
  for (const { file, path, text, asItIs } of files.filter((out) => isDevice(out.path))) {
    const why = toDevice(path, text, asItIs, io)
    if (why !== undefined) return problemOf(file, why)
  }
  for (const { text, asItIs } of all.filter(({ file }) => file === undefined)) print(text, asItIs, io.stdout)
  return undefined
}

/** A file that is to be written, and the folder that it may not leave. */
interface Out {
  readonly file: string
  readonly path: string
  readonly root: string
  readonly text: string
  readonly asItIs: boolean
}

function outOf({ text, asItIs = false }: OutgoingText, file: string, { cwd }: Io): Out {
  const path = resolve(cwd, file)
  return { file, path, root: rootAround(path, cwd), text: asItIs ? text : neutral(text), asItIs }
}

const changeOf = ({ root, path, text }: Out): FileChange => ({
  path: relative(root, path),
  before: anything,
  after: text,
  executable: false,
})

function print(text: string, asItIs: boolean | undefined, output: Output): void {
  const write = asItIs ? (output.writeAsIs ?? output.write) : output.write
  write(text)
}

const isDevice = (path: string): boolean => path.startsWith('/dev/')

const problemIn = ({ path, why }: Refusal, outs: readonly Out[]): string =>
  problemOf(outs.find((out) => relative(out.root, out.path) === path)?.file ?? path, why)

const problemOf = (file: string, why: string): string =>
  `\`${file}\` cannot be written: ${why.replace(/^it cannot be written: /, '')}`

/** A terminal, a pipe or the like is written to as it is. */
function toDevice(path: string, text: string, asItIs: boolean, io: Io): string | undefined {
  if (path === '/dev/stdout') print(text, asItIs, io.stdout)
  else if (path === '/dev/stderr') print(text, asItIs, io.stderr)
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
