import { byPlace } from '../../text/order.ts'
import { positionAt } from '../../text/source.ts'
import type { Report } from '../report.ts'
import { headOf } from '../said.ts'
import { xmlTag } from './xml.ts'

/** The report as XML of Checkstyle: a `file` for each file with findings, an `error` for each finding. */
export function reportCheckstyle({ diagnostics }: Report): string {
  const sorted = byPlace(diagnostics)
  const paths = [...new Set(sorted.map(({ span }) => span.source.path))]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<checkstyle version="4.3">',
    ...paths.flatMap((path) => [
      `<${xmlTag('file', { name: path })}>`,
      ...sorted
        .filter(({ span }) => span.source.path === path)
        .map((diagnostic) => {
          const { severity, rule, span } = diagnostic
          const at = { ...positionAt(span.source, span.start) }
          return `<${xmlTag('error', { ...at, severity, message: headOf(diagnostic), source: `docker-gotchas.${rule}` })}/>`
        }),
      '</file>',
    ]),
    '</checkstyle>',
    '',
  ].join('\n')
}
