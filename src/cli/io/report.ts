import type { Said, Shown } from '../../masking/shown.ts'
import { uncheckedText } from '../../model/project/looked.ts'
import type { Chain } from '../../report/formats/html.ts'
import { asTheyAre, type FormatName, reporters, saysWhatWasChecked, withChain } from '../../report/formats/table.ts'
import type { Reporter } from '../../report/report.ts'
import { reportOf } from '../../report/report-of.ts'
import type { Stats } from '../../report/stats.ts'
import { duringAll } from '../../text/clock.ts'
import type { Checked } from '../../workspace/check.ts'
import type { Call } from '../call/flags.ts'
import type { WantedReport } from '../call/reports.ts'
import { type ExitCode, exit } from './exit.ts'
import { callIsWrong, hasColour, type Io, remark, say, widthOf } from './io.ts'
import { type OutgoingText, writeReports } from './write-out.ts'

/** What is printed beside the findings of a run. */
export interface Printing {
  /** What stands above a report for people. */
  readonly heading?: string | undefined
  /** Reads the build and the starts of its containers, for a format that shows them. */
  readonly chain?: (() => Promise<Chain>) | undefined
  /** Says where the time went, where it was asked for. */
  readonly stats?: (() => Stats) | undefined
  /** What is left to be printed of formats whose findings stand on the standard output already. */
  readonly endings?: ReadonlyMap<FormatName, Reporter> | undefined
}

/**
 * Prints the reports that a call asks for: those to files first, all of them or none, then what goes to the standard output.
 * Gives the problem where a file cannot be written.
 */
export async function printFindings(
  found: Shown<Said>,
  wanted: readonly WantedReport[],
  io: Io,
  { heading, chain, endings, stats }: Printing = {},
): Promise<string | undefined> {
  const shown = wanted.some(({ format }) => withChain.has(format)) ? await chain?.() : undefined
  const reports: OutgoingText[] = []
  for (const { format, file } of wanted) {
    const report = (file === undefined ? endings?.get(format) : undefined) ?? (await reporters[format]())
    const colour = file === undefined && hasColour(io.env, io.stdout)
    const text = await duringAll('report', async () =>
      report(reportOf(found, { colour, width: widthOf(io.stdout), stats: stats?.() }), shown),
    )
    const headed = heading !== undefined && format === 'tty' ? `${heading}\n\n${text}` : text
    reports.push({ text: headed, file, asItIs: asTheyAre.has(format) })
  }
  return writeReports(reports, io)
}

/** Says on stderr which rules failed on `what`. */
export function sayFailures({ failures }: Shown<Said>, what: string, io: Io): void {
  for (const { rule, message } of failures) remark(io, `the rule \`${rule}\` failed${what}: ${message}`)
}

/** Says of which baselines findings are gone. */
export function sayGone(gone: Checked['gone'], io: Io): void {
  for (const { path, count } of gone) {
    const findings = count === 1 ? '1 finding' : `${count} findings`
    remark(
      io,
      `${findings} of the baseline ${path} ${count === 1 ? 'is' : 'are'} gone: write it again with --write-baseline ${path}`,
    )
  }
}

/** Prints what was found in a project or in images, and gives the exit code. */
export async function conclude(
  { analysis, fails, unseen, gone }: Checked,
  { call, wanted }: { readonly call: Call; readonly wanted: readonly WantedReport[] },
  io: Io,
  said: Printing & { readonly command: string; readonly what: string },
): Promise<ExitCode> {
  sayFailures(analysis, ` on this ${said.what}`, io)
  sayGone(gone, io)
  if (call.has('debug') || call.has('verbose')) await sayDecisions(analysis, io)
  if (call.has('list-files')) {
    const { filesOf } = await import('../../report/order.ts')
    for (const path of filesOf(reportOf(analysis))) say(io.stdout, path)
    return analysis.failures.length > 0 || unseen ? exit.failure : exit.clean
  }
  const problem = await printFindings(analysis, wanted, io, said)
  if (problem !== undefined) return callIsWrong(io, problem, said.command)
  const isTold = call.has('quiet') || wanted.some(({ format }) => saysWhatWasChecked.has(format))
  if (!isTold) await sayChecked(analysis, io)
  if (analysis.failures.length > 0 || unseen) return exit.failure
  if (fails) return exit.findings
  const nothing = uncheckedIn(analysis, call)
  if (nothing === undefined) return exit.clean
  const isSaid = wanted.some(({ format, file }) => format === 'tty' && file === undefined)
  if (isTold && !isSaid) remark(io, nothing)
  return exit.usage
}

/** Says on stderr what was checked, for formats that cannot. */
async function sayChecked(found: Shown<Said>, io: Io): Promise<void> {
  const { lookedLine } = await import('../../report/totals.ts')
  remark(io, lookedLine(found))
}

/** Says on stderr what was decided before the rules were asked, and what is kept quiet. */
async function sayDecisions(found: Shown<Said>, io: Io): Promise<void> {
  const { decisionsOf } = await import('../../report/decisions.ts')
  for (const line of decisionsOf(reportOf(found))) remark(io, `debug: ${line}`)
}

/** That nothing was checked, and why; undefined where something was, or where the user allows it. */
export const uncheckedIn = ({ looked }: Shown<Said>, call: Call): string | undefined =>
  call.has('allow-empty') ? undefined : uncheckedText(looked)

/** Prints errors, warnings and what went wrong to the standard error; nothing where there is none of them. */
export async function show(found: Shown<Said>, io: Io): Promise<void> {
  sayFailures(found, '', io)
  const diagnostics = found.diagnostics.filter(({ severity }) => severity !== 'info')
  if (diagnostics.length === 0) return
  const { reportTty } = await import('../../report/formats/tty.ts')
  const colour = hasColour(io.env, io.stderr)
  io.stderr.write(reportTty(reportOf({ ...found, diagnostics }, { colour, width: widthOf(io.stderr) })))
}
