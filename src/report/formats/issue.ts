import type { Diagnostic, Severity } from '../../text/diagnostic.ts'
import { fingerprints } from '../../text/fingerprint.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt } from '../../text/source.ts'
import type { Report } from '../report.ts'
import { headOf, linesOf } from '../said.ts'
import { prose } from './markdown.ts'

const severities = { error: 'critical', warning: 'major', info: 'info' } as const satisfies Record<Severity, string>

/**
 * The findings as issues of the Code Climate engine specification, each with a fingerprint of its own: a description is one
 * line, and its content is Markdown.
 */
export function issuesOf({ diagnostics }: Report) {
  const prints = fingerprints(diagnostics)
  return byPlace(diagnostics).map((diagnostic) => issueOf(diagnostic, prints.get(diagnostic) ?? ''))
}

function issueOf(diagnostic: Diagnostic, fingerprint: string) {
  const { rule, gotcha, severity, span, related } = diagnostic
  return {
    type: 'issue',
    check_name: rule,
    description: headOf(diagnostic).replace(/\s+/g, ' '),
    content: { body: linesOf(diagnostic).map(prose).join('\n\n') },
    categories: [gotcha === 'secrets' ? 'Security' : 'Bug Risk'],
    severity: severities[severity],
    fingerprint,
    location: locationOf(span),
    ...(related.length === 0 ? {} : { trace: { locations: related.map((label) => locationOf(label.span)) } }),
  }
}

const locationOf = ({ source, start, end }: Diagnostic['span']) => ({
  path: source.path,
  lines: { begin: positionAt(source, start).line, end: positionAt(source, end).line },
})
