import { jsonLine } from '../../text/neutral.ts'
import type { Report } from '../report.ts'
import { jsonReportOf } from './json.ts'

/** The report of `json` as lines: `{ "kind": "finding", … }` for each finding, then `{ "kind": "summary", … }`. */
export const reportNdjson = (report: Report): string => ndjsonFindings(report) + ndjsonSummary(report)

/** The lines of the findings. */
export function ndjsonFindings(report: Report): string {
  const { version, findings } = jsonReportOf(report)
  return findings.map((finding) => `${jsonLine({ kind: 'finding', version, ...finding })}\n`).join('')
}

/** The last line. */
export function ndjsonSummary(report: Report): string {
  const { version, summary } = jsonReportOf(report)
  return `${jsonLine({ kind: 'summary', version, ...summary })}\n`
}
