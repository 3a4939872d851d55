import type { Diagnostic, Fix, Severity, Suppressed } from '../../text/diagnostic.ts'
import { fingerprints } from '../../text/fingerprint.ts'
import { jsonText } from '../../text/neutral.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt, type Source, type Span } from '../../text/source.ts'
import { filesOf } from '../order.ts'
import { knownRules, type Report, type RuleFacts } from '../report.ts'

const root = 'ROOT'
const levels = { error: 'error', warning: 'warning', info: 'note' } as const satisfies Record<Severity, string>

/**
 * The report as SARIF 2.1.0 (OASIS): rules with help, results with their trail as a code flow, safe fixes, and
 * fingerprints that survive moved lines. Paths are relative to the folder in which the tool was run.
 *
 * @example
 * const { runs } = JSON.parse(reportSarif(reportOf(checked.analysis)))
 */
export function reportSarif(report: Report): string {
  const { diagnostics, suppressed = [] } = report
  const hushed = new Map(suppressed.map((one) => [one.diagnostic, one]))
  const all = [...diagnostics, ...hushed.keys()]
  const prints = fingerprints(all)
  const rules = knownRules(report.rules, all)
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'docker-gotchas',
            version: report.version,
            semanticVersion: report.version,
            rules: rules.map(ruleOf),
          },
        },
        invocations: [invocationOf(report)],
        originalUriBaseIds: { [root]: { description: { text: 'The folder in which docker-gotchas was run.' } } },
        columnKind: 'utf16CodeUnits',
        properties: {
          checked: report.looked.checked,
          leftOut: report.looked.leftOut.map(({ what, reason }) => ({ what, reason })),
          notes: report.notes,
          files: filesOf(report),
          ...(report.looked.shard ? { shard: report.looked.shard } : {}),
        },
        results: byPlace(all).map((diagnostic) => ({
          ...resultOf(diagnostic),
          ...(suppressed.length === 0 ? {} : { suppressions: suppressionsOf(hushed.get(diagnostic)) }),
          ruleIndex: rules.findIndex(({ id }) => id === diagnostic.rule),
          partialFingerprints: { 'ruleAndText/v1': prints.get(diagnostic) ?? '' },
        })),
      },
    ],
  }
  return jsonText(log)
}

const kindsOfSuppression = { comment: 'inSource', settings: 'external', baseline: 'external' } as const

/** Where one result has suppressions, all must have them (SARIF 2.1.0, 3.27.23): the others none. */
const suppressionsOf = (suppressed: Suppressed | undefined) =>
  suppressed === undefined
    ? []
    : [
        {
          kind: kindsOfSuppression[suppressed.by],
          ...(suppressed.by === 'baseline' ? { justification: 'it stands in the baseline' } : {}),
          ...(suppressed.reason === undefined ? {} : { justification: suppressed.reason }),
        },
      ]

/** What GitHub calls the severities of a rule that is none of security (`problem.severity`). */
const problems = { error: 'error', warning: 'warning', info: 'recommendation' } as const satisfies Record<
  Severity,
  string
>

function ruleOf({ id, gotcha, severity, summary, incident, why, remedy, links, preview }: RuleFacts) {
  const [home] = links
  const toDo = remedy === '' ? '' : `What to do: ${remedy}.`

  return {
    id,
    shortDescription: { text: summary },
    ...(incident === '' ? {} : { fullDescription: { text: incident } }),
    help: {
      text: [summary, incident, why, toDo, ...links].filter((part) => part !== '').join('\n\n'),
      markdown: [`**${summary}**`, incident, why, toDo, ...links.map((link) => `<${link}>`)]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
    ...(home === undefined ? {} : { helpUri: home }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: gotcha === 'secrets' ? [gotcha, 'security'] : [gotcha],
      precision: preview ? 'medium' : 'high',
      'problem.severity': problems[severity],
    },
  }
}

const invocationOf = ({ failures, looked: { nothing } }: Report) => ({
  executionSuccessful: failures.length === 0,
  toolExecutionNotifications: [
    ...failures.map(({ rule, message }) => ({ level: 'error', message: { text: `${rule}: ${message}` } })),
    ...(nothing === undefined ? [] : [{ level: 'warning', message: { text: `nothing was checked: ${nothing}` } }]),
  ],
})

function resultOf(diagnostic: Diagnostic) {
  const { rule, severity, certainty, message, span, related, fixes, preview, why, remedy } = diagnostic
  const steps = related.map(({ span: at, text }) => ({ ...placeOf(at), message: messageOf(text) }))
  const safe = fixes.filter(({ safety, edits }) => safety === 'safe' && edits.length > 0)
  return {
    ruleId: rule,
    level: levels[severity],
    message: messageOf(message),
    locations: [placeOf(span)],
    ...(steps.length === 0
      ? {}
      : {
          relatedLocations: steps.map((step, index) => ({ id: index + 1, ...step })),
          codeFlows: [{ threadFlows: [{ locations: steps.map((location) => ({ location })) }] }],
        }),
    ...(safe.length === 0 ? {} : { fixes: safe.map(fixOf) }),
    properties: {
      certainty,
      ...(why === '' ? {} : { why }),
      ...(remedy === '' ? {} : { remedy }),
      ...(preview ? { preview } : {}),
    },
  }
}

/** A message in which nothing is a link: what looks like one is written as text (SARIF 2.1.0, 3.11.6). */
const messageOf = (text: string) => ({ text: text.replace(/\[(?=[^\]]*\]\()/g, '\\[') })

const placeOf = (span: Span) => ({
  physicalLocation: { artifactLocation: artifactOf(span.source), region: regionOf(span) },
})

/** Half of a character, which no URI can hold, is U+FFFD. */
const artifactOf = ({ path }: Source) => ({
  uri: path
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/'),
  uriBaseId: root,
})

function regionOf({ source, start, end }: Span) {
  const from = positionAt(source, start)
  const to = positionAt(source, end)
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
}

function fixOf({ title, edits }: Fix) {
  const files = new Map(edits.map(({ span }) => [span.source.path, span.source]))
  return {
    description: { text: title },
    artifactChanges: [...files.values()].map((source) => ({
      artifactLocation: artifactOf(source),
      replacements: edits
        .filter(({ span }) => span.source.path === source.path)
        .map(({ span, text }) => ({ deletedRegion: regionOf(span), insertedContent: { text } })),
    })),
  }
}
