import type { CheckedContainer, LookedShard } from '../../model/project/looked.ts'
import type { Diagnostic, Suppressed } from '../../text/diagnostic.ts'
import { fingerprints } from '../../text/fingerprint.ts'
import { jsonText } from '../../text/neutral.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt, type Span, startsOfLines } from '../../text/source.ts'
import { docsOf } from '../headings.ts'
import { countsOf, filesOf } from '../order.ts'
import type { Report } from '../report.ts'
import type { Stats } from '../stats.ts'

/** A place in a file: one-based lines and columns in UTF-16 units, the end exclusive. */
export interface JsonPlace {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
  /** The first line of it, secrets masked; absent where it is blank. */
  readonly code?: string
}

/** The contract with other programs, version 1: fields are added, never changed. */
export interface JsonReport {
  readonly version: 1
  readonly findings: readonly JsonFinding[]
  /** The findings that comments, settings or a baseline keep quiet; there where there are some. */
  readonly suppressed?: readonly JsonSuppressed[]
  readonly summary: {
    readonly errors: number
    readonly warnings: number
    readonly infos: number
    /** Findings that comments, settings or a baseline keep quiet; there where there are some. */
    readonly ignored?: number
    readonly files: readonly string[]
    /** The containers that were checked: what a clean report is true of. */
    readonly checked: readonly CheckedContainer[]
    /** What runs the app, or may, and was not checked. */
    readonly leftOut: readonly { readonly what: string; readonly reason: string }[]
    /** What was taken where others could have been, and what could not be seen, in sentences. */
    readonly notes: readonly string[]
    /** Why nothing was checked; there only where nothing was. */
    readonly nothingChecked?: string
    /** Which part of the projects was checked; there only where it is one. */
    readonly shard?: LookedShard
    /** Where the time went; there only where it was asked for. */
    readonly stats?: Stats
    /** Rules that failed, which is a defect of ours; there only where some did. */
    readonly failures?: readonly { readonly rule: string; readonly message: string }[]
  }
}

export interface JsonFinding
  extends Pick<Diagnostic, 'rule' | 'gotcha' | 'severity' | 'certainty' | 'message'>,
    JsonPlace {
  /** There only for the rules that are a preview: such a finding fails no run. */
  readonly preview?: true
  readonly related: readonly (JsonPlace & { readonly message: string })[]
  readonly fixes: readonly JsonFix[]
  /** Why no fix is offered where one might be expected. */
  readonly noFix?: string
  /** What happens in production; empty where nothing more is to be said. */
  readonly why: string
  /** What to do, in one sentence; empty where nothing must be done. */
  readonly remedy: string
  /** Where the page of the rule stands in the repository of docker-gotchas. */
  readonly docs: string
  /** A name of the finding that stays the same when lines move, as in SARIF. */
  readonly fingerprint: string
}

export interface JsonFix {
  readonly title: string
  readonly safety: 'safe' | 'unsafe'
  /** Empty where they would show a secret. */
  readonly edits: readonly (JsonPlace & { readonly text: string })[]
}

/** A finding that is kept quiet, and by what. */
export interface JsonSuppressed extends JsonFinding {
  readonly by: Suppressed['by']
  readonly reason?: string
}

/**
 * The report for programs: `JsonReport` as indented JSON.
 *
 * @example
 * const { findings }: JsonReport = JSON.parse(reportJson(reportOf(checked.analysis)))
 */
export const reportJson = (report: Report): string => jsonText(jsonReportOf(report))

/** The same as plain data. */
export function jsonReportOf(report: Report): JsonReport {
  const counts = countsOf(report.diagnostics)
  const { checked, leftOut, nothing, shard } = report.looked
  const { diagnostics, suppressed = [] } = report
  const prints = fingerprints([...diagnostics, ...suppressed.map(({ diagnostic }) => diagnostic)])
  const findingOf = (diagnostic: Diagnostic) => jsonFinding(diagnostic, prints.get(diagnostic) ?? '')
  return {
    version: 1,
    findings: byPlace(diagnostics).map(findingOf),
    ...(suppressed.length > 0 ? { suppressed: suppressed.map((one) => suppressedOf(one, findingOf)) } : {}),
    summary: {
      errors: counts.error,
      warnings: counts.warning,
      infos: counts.info,
      ...(suppressed.length > 0 ? { ignored: suppressed.length } : {}),
      files: filesOf(report),
      checked: checked,
      leftOut: leftOut.map(({ what, reason }) => ({ what, reason })),
      notes: report.notes,
      ...(nothing === undefined ? {} : { nothingChecked: nothing }),
      ...(shard === undefined ? {} : { shard }),
      ...(report.stats === undefined ? {} : { stats: report.stats }),
      ...(report.failures.length === 0 ? {} : { failures: report.failures }),
    },
  }
}

function jsonFinding(diagnostic: Diagnostic, fingerprint: string): JsonFinding {
  const { rule, gotcha, severity, certainty, message, span, related, fixes, noFix, why, remedy } = diagnostic
  return {
    rule,
    gotcha,
    severity,
    certainty,
    message,
    ...(diagnostic.preview ? { preview: true as const } : {}),
    ...codePlace(span),
    related: related.map(({ span: at, text }) => ({ ...codePlace(at), message: text })),
    fixes: fixes.map(({ title, safety, edits }) => ({
      title,
      safety,
      edits: edits.map(({ span: at, text }) => ({ ...jsonPlace(at), text })),
    })),
    ...(noFix === undefined ? {} : { noFix }),
    why,
    remedy,
    docs: docsOf(rule),
    fingerprint,
  }
}

const suppressedOf = (
  { diagnostic, by, reason }: Suppressed,
  findingOf: (diagnostic: Diagnostic) => JsonFinding,
): JsonSuppressed => ({ ...findingOf(diagnostic), by, ...(reason === undefined ? {} : { reason }) })

function jsonPlace({ source, start, end }: Span): JsonPlace {
  const from = positionAt(source, start)
  const to = positionAt(source, end)
  return { file: source.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}

const longestCode = 500

/** A place with its line. */
function codePlace(at: Span): JsonPlace {
  const place = jsonPlace(at)
  const from = startsOfLines(at.source)[place.line - 1] ?? 0
  const code =
    at.source.text
      .slice(from, from + longestCode)
      .split(/[\r\n]/, 1)[0]
      ?.trimEnd() ?? ''
  return code === '' ? place : { ...place, code }
}
