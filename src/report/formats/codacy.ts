import { jsonLine } from '../../text/neutral.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt } from '../../text/source.ts'
import type { Report } from '../report.ts'
import { headOf } from '../said.ts'

/** The results of a tool for Codacy: one line of JSON a finding. */
export const reportCodacy = ({ diagnostics }: Report): string =>
  byPlace(diagnostics)
    .map((diagnostic) => {
      const { rule, span } = diagnostic
      const { line } = positionAt(span.source, span.start)
      return `${jsonLine({ filename: span.source.path, patternId: rule, message: headOf(diagnostic), line })}\n`
    })
    .join('')
