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
 * The reports that a call asks for. Of formats without a file the last one counts. On GitHub Actions annotations come beside what
 * people read, where no format is named. Wrong where two would be written to one file.
 */
export function wantedReports(call: Call, { env }: Pick<Io, 'env'>): Result<readonly WantedReport[]> {
  const named = call.all('format').map(reportOf)
  const filed = named.filter(({ file }) => file !== undefined)
  const file = call.one('output')
  const plain = named.findLast((one) => one.file === undefined)?.format ?? (call.has('quiet') ? 'gnu' : 'tty')
  const isOnlyFiled = named.length > 0 && filed.length === named.length && file === undefined
  const main = { format: plain === 'tty' && call.has('quiet') ? 'gnu' : plain, file } as const
  const annotations = { format: 'github', file: undefined } as const
  const isAnnotated = named.length === 0 && file === undefined && env.GITHUB_ACTIONS === 'true'
  const all = [...filed, ...(isOnlyFiled ? [] : [main]), ...(isAnnotated ? [annotations] : [])]
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
