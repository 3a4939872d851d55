import type { Diagnostic, Fix, Severity } from '../../text/diagnostic.ts'
import { jsonText } from '../../text/neutral.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt, type Source, type Span, startsOfLines } from '../../text/source.ts'
import type { Report } from '../report.ts'
import { linesOf } from '../said.ts'

const severities = { error: 'ERROR', warning: 'WARNING', info: 'INFO' } as const satisfies Record<Severity, string>

/** The report in the diagnostic format of reviewdog (`-f=rdjson`), with safe fixes of one place as suggestions. */
export function reportRdjson({ diagnostics, rules }: Report): string {
  const urls = new Map(rules.map(({ id, links: [url] }) => [id, url]))
  return jsonText({
    source: { name: 'docker-gotchas' },
    diagnostics: byPlace(diagnostics).map((diagnostic) => {
      const { rule, severity, span, related } = diagnostic
      const url = urls.get(rule)
      const suggestions = diagnostic.fixes.flatMap((fix) => suggestionOf(fix, span.source))
      return {
        message: linesOf({ ...diagnostic, related: [] }).join('\n'),
        location: locationOf(span),
        severity: severities[severity],
        code: { value: rule, ...(url === undefined ? {} : { url }) },
        ...(suggestions.length > 0 ? { suggestions } : {}),
        ...relatedOf(related),
      }
    }),
  })
}

const relatedOf = (related: Diagnostic['related']) =>
  related.length === 0
    ? {}
    : { related_locations: related.map(({ span, text }) => ({ message: text, location: locationOf(span) })) }

/** Each suggestion stands for itself: a fix is one only where it changes one place, of the file of the finding. */
function suggestionOf({ safety, edits }: Fix, { path }: Source) {
  const [edit] = edits
  const isWhole = safety === 'safe' && edits.length === 1 && edit?.span.source.path === path
  return isWhole ? [{ range: rangeOf(edit.span), text: edit.text }] : []
}

const locationOf = (span: Span) => ({ path: span.source.path, range: rangeOf(span) })

const rangeOf = ({ source, start, end }: Span) => ({ start: placeIn(source, start), end: placeIn(source, end) })

/** Columns are bytes of UTF-8, from 1. */
function placeIn(source: Source, offset: number) {
  const { line } = positionAt(source, offset)
  const before = source.text.slice(startsOfLines(source)[line - 1], offset)
  return { line, column: Buffer.byteLength(before) + 1 }
}
