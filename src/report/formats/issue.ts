import type { Diagnostic, Severity } from '../../text/diagnostic.ts'
import { fingerprints } from '../../text/fingerprint.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt } from '../../text/source.ts'
import type { Report } from '../report.ts'
import { headOf, linesOf } from '../said.ts'

const severities = { error: 'critical', warning: 'major', info: 'info' } as const satisfies Record<Severity, string>

/** The findings as issues of the Code Climate engine specification, each with a fingerprint of its own. */
export function issuesOf({ diagnostics }: Report) {
  const prints = fingerprints(diagnostics)
  return byPlace(diagnostics).map((diagnostic) => issueOf(diagnostic, prints.get(diagnostic) ?? ''))
}

function issueOf(diagnostic: Diagnostic, fingerprint: string) {
  const { rule, gotcha, severity, span, related } = diagnostic
  return {
    type: 'issue',
    check_name: rule,
    description: headOf(diagnostic),
    content: { body: linesOf(diagnostic).join('\n\n') },
    categories: [gotcha === 'secrets' ? 'Security' : 'Bug Risk'],
    severity: severities[severity],
    fingerprint,
    location: locationOf(span),
    other_locations: related.map((label) => locationOf(label.span)),
  }
}

const locationOf = ({ source, start, end }: Diagnostic['span']) => ({
  path: source.path,
  lines: { begin: positionAt(source, start).line, end: positionAt(source, end).line },
})
