import { randomUUID } from 'node:crypto'
import { lstat, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { reasonOf } from '../../files/reason.ts'
import type { Reporter } from '../../report/report.ts'
import type { Io } from '../io.ts'

const reporters: Readonly<Record<'tty' | 'lines' | 'json' | 'sarif', () => Promise<Reporter>>> = {
  tty: async () => (await import('../../report/tty.ts')).reportTty,
  lines: async () => (await import('../../report/line.ts')).reportLines,
  json: async () => (await import('../../report/json.ts')).reportJson,
  sarif: async () => (await import('../../report/sarif.ts')).reportSarif,
}

/** The reporter of a format, loaded when it is asked for. */
export const reporterOf = (format: keyof typeof reporters): Promise<Reporter> => reporters[format]()

/** Writes to the standard output, or to `file`. Gives the problem where the file cannot be written. */
export async function writeReport(text: string, file: string | undefined, io: Io): Promise<string | undefined> {
  if (file === undefined) {
    io.stdout.write(text)
    return undefined
  }
  try {
    await writeWhole(resolve(io.cwd, file), text)
    return undefined
  } catch (error) {
    return `\`${file}\` cannot be written: ${reasonOf(error)}`
  }
}

/**
 * Writes a file so that it is whole or not there: beside it, then renamed into its place. A link in its place is
 * replaced, never followed. What is no file, such as `/dev/stderr`, is written to as it is.
 */
async function writeWhole(path: string, text: string): Promise<void> {
  const there = await lstat(path).catch(() => undefined)
  if (there !== undefined && !there.isFile() && !there.isSymbolicLink()) return writeFile(path, text)
  const draft = join(dirname(path), `.${basename(path).slice(0, 100)}.${randomUUID()}.tmp`)
  try {
    await writeFile(draft, text, { flag: 'wx' })
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
