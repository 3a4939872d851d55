import type { JsonFinding, JsonReport } from '../formats/json.ts'

/** Several reports as one: a finding that more than one of them has is there once. */
export function mergeReports(reports: readonly JsonReport[]): JsonReport {
  const findings = once(reports.flatMap((report) => report.findings))
  const kept = new Set(findings.map(keyOf))
  const suppressed = once(reports.flatMap((report) => report.suppressed ?? [])).filter((one) => !kept.has(keyOf(one)))
  const all = reports.map(({ summary }) => summary)
  const checked = all.flatMap((summary) => summary.checked)
  const nothing = [...new Set(all.flatMap(({ nothingChecked }) => nothingChecked?.split('; ') ?? []))].toSorted()
  return {
    version: 1,
    findings,
    suppressed,
    summary: {
      errors: 0,
      warnings: 0,
      infos: 0,
      files: [...new Set(all.flatMap(({ files }) => files))],
      checked,
      leftOut: all.flatMap(({ leftOut }) => leftOut),
      notes: [...new Set(all.flatMap(({ notes }) => notes))],
      ...(checked.length === 0 && nothing.length > 0 ? { nothingChecked: nothing.join('; ') } : {}),
      failures: all.flatMap(({ failures = [] }) => failures),
    },
  }
}

const keyOf = ({ rule, file, line, column, endLine, endColumn, message }: JsonFinding): string =>
  JSON.stringify([rule, file, line, column, endLine, endColumn, message])

/** Each finding once: of those that are the same the one that says most of how to mend it. */
function once<Finding extends JsonFinding>(findings: readonly Finding[]): readonly Finding[] {
  const known = new Map<string, Finding>()
  for (const finding of findings) {
    const before = known.get(keyOf(finding))
    if (before === undefined || before.fixes.length < finding.fixes.length) known.set(keyOf(finding), finding)
  }
  return [...known.values()]
}

/** The shards that are missing among reports of shards, such as `3/8`; none where they are of no shards. */
export function missingShards(reports: readonly JsonReport[]): readonly string[] {
  const shards = reports.flatMap(({ summary }) => summary.shard ?? [])
  return [...new Set(shards.map(({ of }) => of))].flatMap((of) => {
    const there = new Set(shards.filter((shard) => shard.of === of).map(({ index }) => index))
    return Array.from({ length: of }, (_, index) => index + 1)
      .filter((index) => !there.has(index))
      .map((index) => `${index}/${of}`)
  })
}
