import { baselineOf } from '../../workspace/baseline.ts'
import type { Checked } from '../../workspace/check.ts'
import { type ExitCode, exit } from './exit.ts'
import { callIsWrong, type Io, remark, say } from './io.ts'
import { sayFailures } from './report.ts'
import { writeReport } from './write-out.ts'

/** Writes the findings as a baseline, instead of a report. */
export async function writeDown({ analysis, unseen }: Checked, file: string, io: Io): Promise<ExitCode> {
  sayFailures(analysis, ' on this project', io)
  if (analysis.failures.length > 0 || unseen) {
    remark(io, `not all could be checked, so \`${file}\` is not written`)
    return exit.failure
  }
  const problem = await writeReport(baselineOf(analysis, file, io.cwd), file, io)
  if (problem !== undefined) return callIsWrong(io, problem, 'lint')
  const count = analysis.diagnostics.length
  say(io.stdout, `wrote ${count} finding${count === 1 ? '' : 's'} to ${file}`)
  return exit.clean
}
