import type { Reporter } from '../../report/report.ts'
import { neutral } from '../../text/neutral.ts'
import type { Io } from './io.ts'
import { writeOut } from './write-out.ts'

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
  if (file !== undefined) return writeOut(neutral(text), file, io)
  io.stdout.write(text)
  return undefined
}
