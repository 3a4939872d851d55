import type { Said, Shown } from '../../masking/shown.ts'
import { rules } from '../../rules/index.ts'
import { hasColour, type Io, remark, widthOf } from '../io/io.ts'
import { reporterOf } from '../io/report.ts'
import { version } from '../version.ts'

/** Prints errors, warnings and what went wrong to the standard error; nothing where there is none of them. */
export async function show(analysis: Shown<Said>, io: Io): Promise<void> {
  for (const { rule, message } of analysis.failures) remark(io, `the rule \`${rule}\` failed: ${message}`)
  const diagnostics = analysis.diagnostics.filter(({ severity }) => severity !== 'info')
  if (diagnostics.length === 0) return
  const report = await reporterOf('tty')
  const colour = hasColour(io.env, io.stderr)
  io.stderr.write(report({ ...analysis, diagnostics, rules, version, colour, width: widthOf(io.stderr) }))
}
