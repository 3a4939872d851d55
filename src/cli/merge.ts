import type { Command } from './call/command.ts'
import { allowEmptyFlag, thresholdFlag } from './call/finding-flags.ts'
import type { Call } from './call/flags.ts'
import { reportFlags, wantedReports } from './call/reports.ts'
import { type ExitCode, exit } from './io/exit.ts'
import { callIsWrong, type Io, remark } from './io/io.ts'
import { refused } from './io/refused.ts'

/** Joins the reports of shards, or of several projects. */
export const merge: Command = {
  name: 'merge',
  summary: 'join reports of `lint`, such as those of shards, into one',
  operands: 'REPORT…',
  description: [
    'REPORT is what `lint` has written as json, ndjson or sarif, whichever it is. What is printed is what one run over all',
    'would have printed, in any format; a finding that several reports have is there once. Frames show the lines that the',
    'reports have: the first one of each place, of SARIF none. SARIF has no fixes that are unsafe.',
    'Settings are not read: what fails is what --fail-on says.',
    'Exit codes: 0 clean · 1 findings (see --fail-on) · 2 a report is not there, is damaged or is none · 3 not all was seen:',
    'a report says so, or that of a shard is missing',
  ],
  flags: [...reportFlags, thresholdFlag, allowEmptyFlag],
  examples: [
    { call: 'docker-gotchas merge shard-*.json', does: 'say what all shards have found' },
    {
      call: 'docker-gotchas merge shard-*.ndjson --format sarif --output all.sarif',
      does: 'one file for code scanning',
    },
  ],
  run: joinReports,
}

async function joinReports(call: Call, io: Io): Promise<ExitCode> {
  const [{ askedOf }, { openReports }, { conclude }] = await Promise.all([
    import('./call/options.ts'),
    import('../workspace/many/reports.ts'),
    import('./io/report.ts'),
  ])
  if (call.operands.length === 0) return callIsWrong(io, 'name the reports to join', 'merge')
  const asked = askedOf(call)
  if (asked.kind === 'wrong') return refused(asked, io, 'merge')
  const wanted = wantedReports(call, io)
  if (wanted.kind === 'wrong') return refused(wanted, io, 'merge')
  const merged = await openReports(call.operands, io, asked.value)
  if (merged.kind === 'wrong') return refused(merged, io, 'merge')
  const { missing } = merged.value
  const code = await conclude(merged.value, { call, wanted: wanted.value }, io, { command: 'merge', what: 'report' })
  if (missing.length > 0)
    remark(io, `there is no report of ${missing.length === 1 ? 'shard' : 'shards'} ${missing.join(', ')}`)
  return code === exit.usage && missing.length > 0 ? exit.failure : code
}
