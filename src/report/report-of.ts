import type { Said, Shown } from '../masking/shown.ts'
import { rules } from '../rules/index.ts'
import type { Report } from './report.ts'
import type { Stats } from './stats.ts'
import { version } from './version.ts'

/** How a report looks on a terminal. */
export interface ReportStyle {
  /** Whether to use the colours of a terminal; not, where absent. */
  readonly colour?: boolean
  /** Columns to lay out for; 120 where absent. */
  readonly width?: number
  /** Where the time went, for formats that say it. */
  readonly stats?: Stats | undefined
}

const usualWidth = 120

/**
 * A report of what was found, for any reporter. What may be reported comes from `check`, `checkImages` or `showFindings`.
 *
 * @example
 * console.log(reportText(reportOf(checked.analysis, { colour: process.stdout.isTTY })))
 */
export const reportOf = (
  found: Shown<Said>,
  { colour = false, width = usualWidth, stats }: ReportStyle = {},
): Report => ({
  ...found,
  rules,
  version,
  colour,
  width,
  ...(stats ? { stats } : {}),
})
