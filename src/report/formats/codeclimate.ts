import { jsonLine } from '../../text/neutral.ts'
import type { Report } from '../report.ts'
import { issuesOf } from './issue.ts'

/** The report of an engine of Code Climate: issues, each followed by a zero byte. */
export const reportCodeclimate = (report: Report): string =>
  issuesOf(report)
    .map((issue) => `${jsonLine(issue)}\0`)
    .join('')
