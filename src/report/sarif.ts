import type { Diagnostic, Fix, Severity, Suppressed } from '../text/diagnostic.ts'
import { fingerprints } from '../text/fingerprint.ts'
import { jsonText } from '../text/neutral.ts'
import { byPlace } from '../text/order.ts'
import { positionAt, type Source, type Span } from '../text/source.ts'
import type { Report, RuleFacts } from './report.ts'

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
  const rules = rulesOf(report.rules, all)
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

/** Every rule of the tool, then those that are reported without being one, such as unreadable files. */
function rulesOf(rules: readonly RuleFacts[], diagnostics: readonly Diagnostic[]): readonly RuleFacts[] {
  const extra = new Map<string, RuleFacts>()
  for (const { rule: id, gotcha, severity } of byPlace(diagnostics)) {
    if (rules.some((rule) => rule.id === id) || extra.has(id)) continue
    extra.set(id, {
      id,
      gotcha,
      severity,
      summary: id.replaceAll('-', ' '),
      incident: '',
      remedy: '',
      why: '',
      links: [],
    })
  }
  return [...rules, ...extra.values()]
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

function ruleOf({ id, gotcha, severity, summary, incident, why, links }: RuleFacts) {
  const [home] = links
  return {
    id,
    shortDescription: { text: summary },
    ...(incident === '' ? {} : { fullDescription: { text: incident } }),
    help: {
      text: [summary, incident, why, ...links].filter((part) => part !== '').join('\n\n'),
      markdown: [`**${summary}**`, incident, why, ...links.map((link) => `<${link}>`)]
        .filter((part) => part !== '')
        .join('\n\n'),
    },
    ...(home === undefined ? {} : { helpUri: home }),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [gotcha] },
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
  const { rule, severity, certainty, message, span, related, fixes, preview, remedy } = diagnostic
  const steps = related.map(({ span: at, text }) => ({ ...placeOf(at), message: { text } }))
  const safe = fixes.filter(({ safety, edits }) => safety === 'safe' && edits.length > 0)
  return {
    ruleId: rule,
    level: levels[severity],
    message: { text: message },
    locations: [placeOf(span)],
    ...(steps.length === 0
      ? {}
      : {
          relatedLocations: steps.map((step, index) => ({ id: index + 1, ...step })),
          codeFlows: [{ threadFlows: [{ locations: steps.map((location) => ({ location })) }] }],
        }),
    ...(safe.length === 0 ? {} : { fixes: safe.map(fixOf) }),
    properties: { certainty, ...(remedy === '' ? {} : { remedy }), ...(preview ? { preview } : {}) },
  }
}

const placeOf = (span: Span) => ({
  physicalLocation: { artifactLocation: artifactOf(span.source), region: regionOf(span) },
})

const artifactOf = ({ path }: Source) => ({ uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: root })

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
