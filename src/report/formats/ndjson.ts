import { jsonLine } from '../../text/neutral.ts'
import type { Report } from '../report.ts'
import { jsonReportOf } from './json.ts'

/** The report of `json` as lines: `{ "kind": "finding", … }` for each finding, then `{ "kind": "summary", … }`. */
export function reportNdjson(report: Report): string {
  const { version, findings, summary } = jsonReportOf(report)
  const lines = [
    ...findings.map((finding) => ({ kind: 'finding', version, ...finding })),
    { kind: 'summary', version, ...summary },
  ]
  return lines.map((line) => `${jsonLine(line)}\n`).join('')
}
