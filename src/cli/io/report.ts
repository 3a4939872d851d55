import type { Said, Shown } from '../../masking/shown.ts'
import { uncheckedText } from '../../model/project/looked.ts'
import type { Reporter } from '../../report/report.ts'
import { reportOf } from '../../report/report-of.ts'
import type { Checked } from '../../workspace/check.ts'
import { formats } from '../call/finding-flags.ts'
import type { Call } from '../call/flags.ts'
import { type ExitCode, exit } from './exit.ts'
import { callIsWrong, hasColour, type Io, remark, widthOf } from './io.ts'
import { writeReport } from './write-out.ts'

const reporters: Readonly<Record<'tty' | 'lines' | 'json' | 'sarif', () => Promise<Reporter>>> = {
  tty: async () => (await import('../../report/tty.ts')).reportTty,
  lines: async () => (await import('../../report/line.ts')).reportLines,
  json: async () => (await import('../../report/json.ts')).reportJson,
  sarif: async () => (await import('../../report/sarif.ts')).reportSarif,
}

/**
 * Prints findings to the standard output or a file, as the call says; `heading` stands above those for people. Gives the
 * problem where the file cannot be written.
 */
export async function printFindings(
  found: Shown<Said>,
  call: Call,
  io: Io,
  heading?: string,
): Promise<string | undefined> {
  const file = call.one('output')
  const format = formats.find((known) => known === call.one('format')) ?? 'tty'
  const isQuiet = format === 'tty' && call.has('quiet')
  const report = await reporters[isQuiet ? 'lines' : format]()
  const colour = file === undefined && hasColour(io.env, io.stdout)
  const text = report(reportOf(found, { colour, width: widthOf(io.stdout) }))
  const hasHeading = heading !== undefined && format === 'tty' && !isQuiet
  return writeReport(hasHeading ? `${heading}\n\n${text}` : text, file, io)
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
  call: Call,
  io: Io,
  said: { readonly command: string; readonly what: string; readonly heading?: string },
): Promise<ExitCode> {
  sayFailures(analysis, ` on this ${said.what}`, io)
  sayGone(gone, io)
  const problem = await printFindings(analysis, call, io, said.heading)
  if (problem !== undefined) return callIsWrong(io, problem, said.command)
  if (analysis.failures.length > 0 || unseen) return exit.failure
  if (fails) return exit.findings
  const nothing = uncheckedIn(analysis, call)
  if (nothing === undefined) return exit.clean
  const isSaid = (call.one('format') ?? 'tty') === 'tty' && !call.has('quiet') && call.one('output') === undefined
  if (!isSaid) remark(io, nothing)
  return exit.usage
}

/** That nothing was checked, and why; undefined where something was, or where the user allows it. */
export const uncheckedIn = ({ looked }: Shown<Said>, call: Call): string | undefined =>
  call.has('allow-empty') ? undefined : uncheckedText(looked)

/** Prints errors, warnings and what went wrong to the standard error; nothing where there is none of them. */
export async function show(found: Shown<Said>, io: Io): Promise<void> {
  sayFailures(found, '', io)
  const diagnostics = found.diagnostics.filter(({ severity }) => severity !== 'info')
  if (diagnostics.length === 0) return
  const report = await reporters.tty()
  const colour = hasColour(io.env, io.stderr)
  io.stderr.write(report(reportOf({ ...found, diagnostics }, { colour, width: widthOf(io.stderr) })))
}
