import { jsonText } from '../../text/neutral.ts'
import type { Report } from '../report.ts'
import { issuesOf } from './issue.ts'

/** The report for GitLab's code quality widget: one list of issues. */
export const reportGitlab = (report: Report): string => jsonText(issuesOf(report))
