import { jsonLine } from '../../text/neutral.ts'
import type { Report } from '../report.ts'
import { jsonReportOf } from './json.ts'

/** The report of `json` as lines: `{ "kind": "finding", … }` for each finding, `suppressed` for one that is kept quiet, then `{ "kind": "summary", … }`. */
export const reportNdjson = (report: Report): string => ndjsonFindings(report) + ndjsonSummary(report)

/** The lines of the findings, and of those that are kept quiet. */
export function ndjsonFindings(report: Report): string {
  const { version, findings, suppressed = [] } = jsonReportOf(report)
  return [
    ...findings.map((finding) => ({ kind: 'finding', version, ...finding })),
    ...suppressed.map((finding) => ({ kind: 'suppressed', version, ...finding })),
  ]
    .map((line) => `${jsonLine(line)}\n`)
    .join('')
}

/** The last line. */
export function ndjsonSummary(report: Report): string {
  const { version, summary } = jsonReportOf(report)
  return `${jsonLine({ kind: 'summary', version, ...summary })}\n`
}
