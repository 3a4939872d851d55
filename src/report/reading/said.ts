import type { Said } from '../../masking/shown.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { type Source, type Span, span, startsOfLines } from '../../text/source.ts'
import type { JsonFinding, JsonPlace, JsonReport } from '../formats/json.ts'

/** The lines of a file that are known, by their numbers from 1. */
export type KnownLines = ReadonlyMap<number, string>

/**
 * What was found, as a report tells it. Of the files only as much is there as it takes for the places to be right: the lines
 * that the report shows, or `linesOf` knows, the others blank.
 */
export function saidOf(
  { findings, suppressed = [], summary }: JsonReport,
  linesOf: (file: string) => KnownLines | undefined = () => undefined,
): Said {
  const sources = sourcesOf([...findings, ...suppressed].flatMap(placesOf), linesOf)
  const spanOf = (place: JsonPlace) => spanIn(sources.get(place.file) ?? { path: place.file, text: '' }, place)
  const diagnosticOf = (finding: JsonFinding): Diagnostic => ({
    rule: finding.rule,
    gotcha: finding.gotcha,
    severity: finding.severity,
    certainty: finding.certainty,
    message: finding.message,
    ...(finding.preview ? { preview: finding.preview } : {}),
    span: spanOf(finding),
    related: finding.related.map((step) => ({ span: spanOf(step), text: step.message })),
    fixes: finding.fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map((edit) => ({ span: spanOf(edit), text: edit.text })),
    })),
    ...(finding.noFix === undefined ? {} : { noFix: finding.noFix }),
    why: finding.why,
    remedy: finding.remedy,
    ...(finding.fingerprint === '' ? {} : { fingerprint: finding.fingerprint }),
  })
  const { files, checked, leftOut, notes, nothingChecked, shard, failures = [] } = summary
  return {
    diagnostics: findings.map(diagnosticOf),
    suppressed: suppressed.map((one) => ({ diagnostic: diagnosticOf(one), by: one.by, reason: one.reason })),
    read: files,
    notes,
    failures,
    looked: {
      checked,
      leftOut: leftOut.map((one) => ({ kind: 'left-out' as const, isOther: false, ...one })),
      nothing: nothingChecked,
      ...(shard ? { shard } : {}),
    },
  }
}

const placesOf = (finding: JsonFinding): readonly JsonPlace[] => [
  finding,
  ...finding.related,
  ...finding.fixes.flatMap(({ edits }) => edits),
]

/** Texts in which all places are. */
function sourcesOf(
  places: readonly JsonPlace[],
  linesOf: (file: string) => KnownLines | undefined,
): ReadonlyMap<string, Source> {
  const files = new Map<string, { readonly widths: Map<number, number>; readonly lines: Map<number, string> }>()
  for (const { file, line, column, endLine, endColumn, code } of places) {
    const known = files.get(file) ?? { widths: new Map(), lines: new Map(linesOf(file)) }
    files.set(file, known)
    for (const [at, width] of [[line, column] as const, [endLine, endColumn] as const])
      known.widths.set(at, Math.max(known.widths.get(at) ?? 1, width))
    if (code !== undefined && !known.lines.has(line)) known.lines.set(line, code)
  }
  return new Map(
    [...files].map(([path, { widths, lines }]) => {
      const count = Math.max(...widths.keys())
      const text = Array.from({ length: count }, (_, index) =>
        (lines.get(index + 1) ?? '').padEnd((widths.get(index + 1) ?? 1) - 1),
      )
      return [path, { path, text: text.join('\n') }]
    }),
  )
}

function spanIn(source: Source, { line, column, endLine, endColumn }: JsonPlace): Span {
  const starts = startsOfLines(source)
  return span(source, (starts[line - 1] ?? 0) + column - 1, (starts[endLine - 1] ?? 0) + endColumn - 1)
}
