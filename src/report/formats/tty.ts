import { uncheckedText } from '../../model/project/looked.ts'
import { type Diagnostic, severities } from '../../text/diagnostic.ts'
import { reportFinding } from '../finding.ts'
import { headings } from '../headings.ts'
import { byGotcha, type Group } from '../order.ts'
import type { Report } from '../report.ts'
import { columnsOf, visible } from '../terminal/cells.ts'
import { paintWith } from '../terminal/colour.ts'
import { counted, placeOf } from '../terminal/place.ts'
import { wrap } from '../terminal/wrap.ts'
import { lookedText, quieted, readText, totals } from '../totals.ts'

/**
 * The report for people: the findings by gotcha, each with its code, then what was read and what to do first.
 *
 * @example
 * const text = reportText(reportOf(checked.analysis, { colour: true, width: 100 }))
 */
export const reportTty = (report: Report): string => ttyFindings(report) + ttyEnding(report)

/** The findings alone, each followed by a blank line. */
export function ttyFindings(report: Report): string {
  const { bold } = paintWith(report.colour)
  return byGotcha(report.diagnostics)
    .flatMap((group) => [
      bold(headingOf(group, report.width)),
      ...group.diagnostics.map((diagnostic) => reportFinding(diagnostic, report)),
    ])
    .map((block) => `${block}\n\n`)
    .join('')
}

/** What is said after all findings. */
export const ttyEnding = (report: Report): string => `${ending(report)}\n`

const longestRule = 100

function headingOf({ gotcha, diagnostics }: Group, width: number): string {
  const title = `━━ ${headings[gotcha]} · ${counted(diagnostics.length, 'finding')} `
  return title + '━'.repeat(Math.max(2, Math.min(width, longestRule) - columnsOf(title)))
}

/** The last lines: how much of what, where to begin, what was read, and what could not be seen. */
function ending(report: Report): string {
  const { bold, dim, good } = paintWith(report.colour)
  const read = readText(report)
  const notes = report.notes.flatMap((note) => hanging(`note: ${note}`, report.width))
  const first = mostSevere(report)
  const quiet = quieted(report).flatMap((text) => hanging(text, report.width))
  const nothing = uncheckedText(report.looked)
  const looked = hanging(lookedText(report.looked), report.width)
  if (first === undefined && nothing === undefined)
    return [`${good('clean:')} nothing found; ${read}`, ...[...looked, ...quiet, ...notes].map(dim)].join('\n')
  if (first === undefined) return [...looked.map(bold), ...[read, ...quiet, ...notes].map(dim)].join('\n')
  const explained = report.rules.some(({ id }) => id === first.rule) ? [visible(first.rule)] : []
  return [
    bold(totals(report)),
    ...hanging(`start with ${placeOf(first.span)} (${visible(first.rule)})`, report.width),
    ...explained.flatMap((rule) => hanging(`\`docker-gotchas explain ${rule}\` says more about a rule`, report.width)),
    ...hanging(read, report.width).map(dim),
    ...looked.map(dim),
    ...quiet.map(dim),
    ...notes.map(dim),
  ].join('\n')
}

const hanging = (text: string, width: number): readonly string[] =>
  wrap(text, Math.max(40, width) - 2).map((line, index) => (index === 0 ? line : `  ${line}`))

function mostSevere(report: Report): Diagnostic | undefined {
  const ordered = byGotcha(report.diagnostics).flatMap((group) => group.diagnostics)
  return severities.flatMap((severity) => ordered.filter((diagnostic) => diagnostic.severity === severity))[0]
}
