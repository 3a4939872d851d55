import type { Diagnostic, Fix } from '../text/diagnostic.ts'
import { positionAt, type Source, type Span } from '../text/source.ts'
import type { Report } from './report.ts'
import { visible } from './terminal/cells.ts'
import { type Paint, paintWith } from './terminal/colour.ts'
import { frame } from './terminal/frame.ts'
import type { Mark } from './terminal/mark.ts'
import { placeOf } from './terminal/place.ts'
import { wrap } from './terminal/wrap.ts'

/** One finding: what is wrong, the code with every step of the trail, why it matters, and how to mend it. */
export function reportFinding(diagnostic: Diagnostic, report: Report): string {
  const paint = paintWith(report.colour)
  const { files, omitted } = framesOf(diagnostic, paint)
  const lastLines = files.flatMap(({ source, marks }) => marks.map((mark) => positionAt(source, mark.end).line))
  const gutter = String(Math.max(...lastLines)).length
  const style = { paint, width: report.width, gutter }
  const pad = ' '.repeat(gutter + 1)
  const frames = files.flatMap(({ source, marks, at }, index) => [
    `${pad} ${paint.dim(index === 0 ? '┌─' : '├─')} ${index === 0 ? paint.bold(placeOf(at)) : placeOf(at)}`,
    ...frame(source, source.text, marks, style),
  ])
  const note = (title: string, text: string) =>
    wrap(`${title}: ${text}`, Math.max(40, report.width - gutter - 4)).map((line, index) =>
      index === 0
        ? `${pad} ${paint.dim('=')} ${line.replace(/^\S+:/, paint.bold)}`
        : `${pad}   ${' '.repeat(title.length + 2)}${line}`,
    )
  const rule = report.rules.find(({ id }) => id === diagnostic.rule)
  return [
    ...head(diagnostic, report, paint),
    ...frames,
    ...(omitted > 0 ? note('trail', `and ${omitted} more steps`) : []),
    ...(rule === undefined ? [] : note('why', rule.incident)),
    ...diagnostic.fixes.flatMap((fix) => note('fix', titleOf(fix))),
    ...(diagnostic.noFix === undefined || diagnostic.fixes.length > 0 ? [] : note('no fix', diagnostic.noFix)),
  ].join('\n')
}

function head(
  { severity, certainty, rule, message, preview }: Diagnostic,
  { width }: Report,
  paint: Paint,
): readonly string[] {
  const badge = `${severity}[${visible(rule)}]:`
  const doubt = `${certainty === 'likely' ? ' (likely)' : ''}${preview ? ' (preview)' : ''}`
  const [first = '', ...more] = wrap(`${badge} ${message}${doubt}`, Math.max(40, width))
  return [first.replace(badge, paint.severity[severity]), ...more.map((line) => `  ${line}`)]
}

const titleOf = ({ title, safety }: Fix): string => (safety === 'safe' ? title : `${title} (look at it first)`)

/** The marks of a finding in one file, and the place that names the file. */
interface FileMarks {
  readonly source: Source
  readonly at: Span
  readonly marks: readonly Mark[]
}

const mostSteps = 16

/** The place of the finding and the steps of its trail, by file: the file of the finding first, then in reading order. */
function framesOf(
  { span, severity, related }: Diagnostic,
  paint: Paint,
): { readonly files: readonly FileMarks[]; readonly omitted: number } {
  const steps = related.slice(0, mostSteps)
  const numbered = steps.filter(({ text }) => text !== '').length > 1
  const labels = steps.map((label, index) => ({
    span: label.span,
    text: (numbered ? `${index + 1}. ` : '') + label.text,
  }))
  const own = labels.find((label) => isSame(label.span, span))
  const primary = { span, text: own?.text ?? '', primary: true, paint: paint.severity[severity] }
  const others = labels
    .filter((label) => label !== own)
    .map((label) => ({ ...label, primary: false, paint: paint.step }))
  const files = new Map<string, FileMarks>()
  for (const { span: at, ...mark } of [primary, ...others]) {
    const file = files.get(at.source.path) ?? { source: at.source, at, marks: [] }
    files.set(at.source.path, { ...file, marks: [...file.marks, { ...mark, start: at.start, end: at.end }] })
  }
  return { files: [...files.values()], omitted: related.length - steps.length }
}

const isSame = (one: Span, other: Span): boolean =>
  one.source.path === other.source.path && one.start === other.start && one.end === other.end
