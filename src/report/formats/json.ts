import type { CheckedContainer, LookedShard } from '../../model/project/looked.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { jsonText } from '../../text/neutral.ts'
import { byPlace } from '../../text/order.ts'
import { positionAt, type Span } from '../../text/source.ts'
import { docsOf } from '../headings.ts'
import { countsOf, filesOf } from '../order.ts'
import type { Report } from '../report.ts'

/** A place in a file: one-based lines and columns in UTF-16 units, the end exclusive. */
export interface JsonPlace {
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  readonly endColumn: number
}

/** The contract with other programs, version 1: fields are added, never changed. */
export interface JsonReport {
  readonly version: 1
  readonly findings: readonly JsonFinding[]
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
  readonly fixes: readonly { readonly title: string; readonly safety: 'safe' | 'unsafe' }[]
  /** What happens in production; empty where nothing more is to be said. */
  readonly why: string
  /** What to do, in one sentence; empty where nothing must be done. */
  readonly remedy: string
  /** Where the page of the rule stands in the repository of docker-gotchas. */
  readonly docs: string
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
  const ignored = report.suppressed?.length ?? 0
  return {
    version: 1,
    findings: byPlace(report.diagnostics).map((diagnostic) => ({
      rule: diagnostic.rule,
      gotcha: diagnostic.gotcha,
      severity: diagnostic.severity,
      certainty: diagnostic.certainty,
      message: diagnostic.message,
      ...(diagnostic.preview ? { preview: true as const } : {}),
      ...jsonPlace(diagnostic.span),
      related: diagnostic.related.map(({ span, text }) => ({ ...jsonPlace(span), message: text })),
      fixes: diagnostic.fixes.map(({ title, safety }) => ({ title: title, safety })),
      why: diagnostic.why,
      remedy: diagnostic.remedy,
      docs: docsOf(diagnostic.rule),
    })),
    summary: {
      errors: counts.error,
      warnings: counts.warning,
      infos: counts.info,
      ...(ignored > 0 ? { ignored } : {}),
      files: filesOf(report),
      checked: checked,
      leftOut: leftOut.map(({ what, reason }) => ({ what, reason })),
      notes: report.notes,
      ...(nothing === undefined ? {} : { nothingChecked: nothing }),
      ...(shard === undefined ? {} : { shard }),
      ...(report.failures.length === 0 ? {} : { failures: report.failures }),
    },
  }
}

function jsonPlace({ source, start, end }: Span): JsonPlace {
  const from = positionAt(source, start)
  const to = positionAt(source, end)
  return { file: source.path, line: from.line, column: from.column, endLine: to.line, endColumn: to.column }
}
