import { resolve } from 'node:path'
import { readText } from '../../files/door/text.ts'
import { noMasking } from '../../masking/masking.ts'
import { joinSorted, showFindings } from '../../masking/shown.ts'
import type { JsonReport } from '../../report/formats/json.ts'
import { mergeReports, missingShards } from '../../report/reading/merge.ts'
import { readReports } from '../../report/reading/read.ts'
import { saidOf } from '../../report/reading/said.ts'
import { fails, thresholdOf } from '../../settings/policy.ts'
import { noSettings } from '../../settings/settings.ts'
import type { Problem } from '../../text/diagnostic.ts'
import type { Checked, CheckOptions } from '../check.ts'
import { doorOf } from '../door.ts'
import type { Surroundings } from '../options.ts'
import { done, type Result, wrong, wrongIn } from '../result.ts'
import { saysUnseen } from '../unreadable.ts'

/** What several reports tell together. */
export interface MergedReports extends Checked {
  /** Shards of which no report is there, such as `3/8`. */
  readonly missing: readonly string[]
}

/** In bytes: of some ten thousand findings. */
const largestReport = 200_000_000

/**
 * Reads reports of `lint` and joins them. Their texts are as they were shown: secrets are masked already. Wrong where one of
 * them cannot be read, is damaged, or is no report of ours.
 */
export async function openReports(
  names: readonly string[],
  at: Surroundings,
  { failOn }: Pick<CheckOptions, 'failOn'>,
): Promise<Result<MergedReports>> {
  const reports: JsonReport[] = []
  const problems: Problem[] = []
  for (const name of new Set(names)) {
    const path = resolve(at.cwd, name)
    const door = doorOf([], { settings: name }, at)
    if (name === '' || door.at(path).kind === 'missing') return wrong(`there is no file \`${name}\``)
    const text = readText(door, path, name, largestReport)
    const read = text.problem ? { problem: text.problem } : readReports(text.source)
    if (read.problem) problems.push(read.problem)
    else reports.push(...read.reports)
  }
  if (problems.length > 0) return wrongIn(problems, (shown) => shown)
  const shown = showFindings(saidOf(mergeReports(reports)), noMasking)
  const analysis = reports.length > 1 ? joinSorted([shown]) : shown
  const threshold = thresholdOf(noSettings, failOn)
  const missing = missingShards(reports)
  return done({
    analysis,
    fails: analysis.diagnostics.some((diagnostic) => fails(diagnostic, threshold)),
    unseen: missing.length > 0 || analysis.diagnostics.some(saysUnseen),
    gone: [],
    missing,
  })
}
