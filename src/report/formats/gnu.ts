import { byPlace } from '../../text/order.ts'
import type { Report } from '../report.ts'
import { visible } from '../terminal/cells.ts'
import { placeOf } from '../terminal/place.ts'

/** One line for each finding, as compilers print them: `path:line:column: severity: message [rule]`. */
export const reportLines = (report: Report): string =>
  byPlace(report.diagnostics)
    .map(({ span, severity, message, rule, preview }) => {
      const text = visible(message.replace(/\s+/g, ' '))
      return `${placeOf(span)}: ${severity}: ${text} [${visible(rule)}]${preview ? ' (preview)' : ''}\n`
    })
    .join('')
