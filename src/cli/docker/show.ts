import type { Analysis } from '../../analyze.ts'
import { rules } from '../../rules/index.ts'
import { hasColour, type Io, widthOf } from '../io.ts'
import { reporterOf } from '../lint/output.ts'
import { version } from '../version.ts'

/** Prints errors and warnings to the standard error, beside docker's own output; nothing where there are none. */
export async function show(analysis: Analysis, io: Io): Promise<void> {
  const diagnostics = analysis.diagnostics.filter(({ severity }) => severity !== 'info')
  if (diagnostics.length === 0) return
  const report = await reporterOf('tty')
  const colour = hasColour(io.env, io.stderr)
  io.stderr.write(report({ ...analysis, diagnostics, rules, version, colour, width: widthOf(io.stderr) }))
}
