import type { Severity } from '../../text/diagnostic.ts'
import { neutral } from '../../text/neutral.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt } from '../../text/source.ts'
import type { Report } from '../report.ts'
import { linesOf } from '../said.ts'

const commands = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>

/**
 * Annotations for GitHub Actions: one workflow command a finding, `::error file=…,line=…,title=…::message`. The runner takes
 * columns only of what stands on one line.
 */
export const reportGithub = ({ diagnostics }: Report): string =>
  byPlace(diagnostics)
    .map((diagnostic) => {
      const { rule, severity, span } = diagnostic
      const from = positionAt(span.source, span.start)
      const to = positionAt(span.source, span.end)
      const columns = from.line === to.line && from.column < to.column
      const properties = {
        file: span.source.path,
        line: from.line,
        endLine: to.line,
        ...(columns ? { col: from.column, endColumn: to.column - 1 } : {}),
        title: `docker-gotchas: ${rule}`,
      }
      const told = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
      return `::${commands[severity]} ${told.join(',')}::${data(linesOf(diagnostic).join('\n'))}\n`
    })
    .join('')

/** As the runner reads it back: what ends a line is part of the text. */
const data = (text: string): string =>
  neutral(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
