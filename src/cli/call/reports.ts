import { type FormatName, formatNames } from '../../report/formats/table.ts'
import { done, type Result, wrong } from '../../workspace/result.ts'
import type { Io } from '../io/io.ts'
import type { Call, Flag } from './flags.ts'

/** How findings are printed: each format once more, with a file behind `=`, for several reports of one run. */
export const reportFlags: readonly Flag[] = [
  {
    name: 'format',
    value: 'FORMAT[=FILE]',
    choices: formatNames,
    valueMayName: 'FILE',
    many: true,
    fallback: 'tty',
    summary: 'how to print, to FILE where one is named',
  },
  { name: 'output', short: 'o', value: 'FILE', summary: 'write to FILE instead of the standard output' },
  { name: 'quiet', short: 'q', summary: 'one line for each finding' },
]

/** One report that a call asks for. */
export interface WantedReport {
  readonly format: FormatName
  /** Where it is written; the standard output where undefined. */
  readonly file: string | undefined
}

/**
 * The reports that a call asks for. Of formats without a file the last one counts, but for `github`, whose annotations are no
 * part of what is read: they come beside it, on GitHub Actions also where no format is named. Wrong where two would be written to one file.
 */
export function wantedReports(call: Call, { env }: Pick<Io, 'env'>): Result<readonly WantedReport[]> {
  const named = call.all('format').map(reportOf)
  const filed = named.filter((one) => one.file !== undefined)
  const plain = named.flatMap((one) => (one.file === undefined ? [one.format] : []))
  const file = call.one('output')
  const annotations: WantedReport = { format: 'github', file: undefined }
  const isAnnotated =
    plain.includes('github') || (named.length === 0 && file === undefined && env.GITHUB_ACTIONS === 'true')
  const read = plain.findLast((one) => one !== 'github') ?? (named.length === 0 ? 'tty' : undefined)
  const format = read === 'tty' && call.has('quiet') ? 'gnu' : read
  const main: FormatName | undefined = format ?? (file === undefined ? undefined : isAnnotated ? 'github' : 'tty')
  const all: readonly WantedReport[] = [
    ...filed,
    ...(main === undefined ? [] : [{ format: main, file }]),
    ...(isAnnotated && main !== 'github' ? [annotations] : []),
  ]
  const files = all.flatMap((one) => one.file ?? [])
  const twice = files.find((one, index) => files.indexOf(one) !== index)
  return twice === undefined ? done(all) : wrong(`two reports would be written to \`${twice}\``)
}

/** Reads `FORMAT` or `FORMAT=FILE`, of which the flag has let none but a known format pass. */
function reportOf(value: string): WantedReport {
  const equals = value.indexOf('=')
  const name = equals === -1 ? value : value.slice(0, equals)
  return {
    format: formatNames.find((known) => known === name) ?? 'tty',
    file: equals === -1 ? undefined : value.slice(equals + 1),
  }
}
