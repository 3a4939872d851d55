import { type Gotcha, type Severity, severities } from '../../text/diagnostic.ts'
import { jsonText } from '../../text/neutral.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt, type Span } from '../../text/source.ts'
import { knownRules, type Report, type RuleFacts } from '../report.ts'
import { headOf } from '../said.ts'

const impacts = { error: 'HIGH', warning: 'MEDIUM', info: 'LOW' } as const satisfies Record<Severity, string>
const classes = { error: 'CRITICAL', warning: 'MAJOR', info: 'INFO' } as const satisfies Record<Severity, string>

/**
 * The report as generic issues of SonarQube 10.3 and newer: the rules of the findings, and the findings with their trail. An
 * issue has the severity of its rule there, which is therefore that of the gravest finding.
 */
export function reportSonarqube({ diagnostics, rules }: Report): string {
  const found = new Map(
    severities
      .toReversed()
      .flatMap((severity) =>
        diagnostics.filter((one) => one.severity === severity).map(({ rule }) => [rule, severity] as const),
      ),
  )
  return jsonText({
    rules: knownRules(rules, diagnostics).flatMap((rule) => {
      const severity = found.get(rule.id)
      return severity === undefined ? [] : [ruleOf({ ...rule, severity })]
    }),
    issues: byPlace(diagnostics).map((diagnostic) => ({
      ruleId: diagnostic.rule,
      primaryLocation: locationOf(diagnostic.span, headOf(diagnostic)),
      ...(diagnostic.related.length === 0
        ? {}
        : { secondaryLocations: diagnostic.related.map(({ span, text }) => locationOf(span, text)) }),
    })),
  })
}

const isOfSecurity = (gotcha: Gotcha): boolean => gotcha === 'secrets'

const ruleOf = ({ id, gotcha, severity, summary, incident, why, remedy }: RuleFacts) => ({
  id,
  name: summary,
  description: [incident, why, remedy].filter((part) => part !== '').join('\n\n') || summary,
  engineId: 'docker-gotchas',
  cleanCodeAttribute: isOfSecurity(gotcha) ? 'TRUSTWORTHY' : 'LOGICAL',
  type: isOfSecurity(gotcha) ? 'VULNERABILITY' : 'BUG',
  severity: classes[severity],
  impacts: [{ softwareQuality: isOfSecurity(gotcha) ? 'SECURITY' : 'RELIABILITY', severity: impacts[severity] }],
})

/** Columns are counted from 0; SonarQube refuses a range without a character. */
function locationOf({ source, start, end }: Span, message: string) {
  const from = positionAt(source, start)
  const to = positionAt(source, end)
  const hasColumns = from.line < to.line || from.column < to.column
  return {
    message,
    filePath: source.path,
    textRange: {
      startLine: from.line,
      endLine: to.line,
      ...(hasColumns && to.column > 1 ? { startColumn: from.column - 1, endColumn: to.column - 1 } : {}),
    },
  }
}
