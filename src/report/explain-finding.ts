import type { Rule } from '../rules/rule.ts'
import type { SuggestedIgnore } from '../settings/ignores/suggest.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { positionAt } from '../text/source.ts'
import { changeOf, changeOfFix } from './example.ts'
import { diffLine } from './explain.ts'
import { reportFinding } from './finding.ts'
import type { Report } from './report.ts'
import { type Paint, paintWith } from './terminal/colour.ts'
import { placeOf } from './terminal/place.ts'
import { wrap } from './terminal/wrap.ts'

/** A finding and what would silence it. */
export interface ExplainedFinding {
  readonly diagnostic: Diagnostic
  /** Undefined for what is no rule of the catalogue. */
  readonly rule: Rule | undefined
  readonly ignore: SuggestedIgnore | undefined
  /** The path by which the settings know the file. */
  readonly settingsPath: string
  /** What keeps it quiet already, as a sentence. */
  readonly quiet: string | undefined
}

const widest = 100

/** Why a finding stands where it does: the finding with its whole trail, why that is so, and what silences it rightly. */
export function explainFinding(explained: ExplainedFinding, report: Report): string {
  const { diagnostic, rule, quiet } = explained
  const paint = paintWith(report.colour)
  const width = Math.min(report.width, widest)
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', paint.bold(title), ...lines.map((line) => `  ${line}`.trimEnd())]
  return [
    reportFinding(diagnostic, report),
    ...(quiet === undefined ? [] : ['', quiet]),
    ...part('Why', rule ? rule.why.split(/\n\n/).flatMap((text) => wrap(text, width - 2)) : []),
    ...mended(explained, part, paint),
    ...part('If it is meant to be so', silence(explained)),
    ...(rule ? ['', `All about it: docker-gotchas explain ${rule.id}`] : []),
    '',
  ].join('\n')
}

/** What mends it: what the fix changes here; where there is none, what to do, and how that looks in an example. */
function mended(
  { diagnostic: { fixes, remedy }, rule }: ExplainedFinding,
  part: (title: string, lines: readonly string[]) => readonly string[],
  paint: Paint,
): readonly string[] {
  const painted = (lines: readonly string[]) => lines.map((line) => diffLine(line, paint))
  const own = fixes.find(({ edits }) => edits.length > 0)
  if (own) {
    const how = own.safety === 'safe' ? '`docker-gotchas fix`' : '`docker-gotchas fix --unsafe`'
    return part(`What ${how} changes here`, painted(changeOfFix(own)))
  }
  const [said] = fixes
  return [
    ...part('What to do', said ? [said.title] : remedy === '' ? [] : [remedy]),
    ...part('An example', rule ? painted(changeOf(rule.examples[0])) : []),
  ]
}

function silence({ diagnostic, ignore, settingsPath }: ExplainedFinding): readonly string[] {
  const { source } = diagnostic.span
  const where = { above: 'above line', behind: 'in place of line', top: 'at the top, above line' }
  const comment =
    ignore === undefined ? [] : [`${source.path}, ${where[ignore.where]} ${ignore.line}:`, `  ${ignore.text}`, '']
  return [
    ...comment,
    '.docker-gotchas.yaml, for this file:',
    '  ignore:',
    `    - rules: ${diagnostic.rule}`,
    `      paths: ${JSON.stringify(settingsPath)}`,
    '      reason: …',
    '.docker-gotchas.yaml, for all files:',
    '  rules:',
    `    ${diagnostic.rule}: off`,
  ]
}

const most = 5

/** That there is no finding at a place, whose trails pass there, and which findings stand nearest to it in its file. */
export function noFindingAt(
  { name, line }: { readonly name: string; readonly line: number },
  inFile: readonly Diagnostic[],
  passing: readonly Diagnostic[],
): string {
  const lineOf = ({ span }: Diagnostic) => positionAt(span.source, span.start).line
  const row = (one: Diagnostic) => `  ${placeOf(one.span)} ${one.severity}[${one.rule}] ${one.message}\n`
  const near = inFile
    .toSorted((one, other) => Math.abs(lineOf(one) - line) - Math.abs(lineOf(other) - line))
    .slice(0, most)
  const rest = inFile.length - near.length
  const others = inFile.length === 0 ? ', and none in its file' : ''
  return [
    `no finding stands at ${name}${others}\n`,
    ...(passing.length > 0 ? ['on its way to what it found, this came by here:\n', ...passing.map(row)] : []),
    ...(near.length > 0
      ? ['in its file:\n', ...near.toSorted((one, other) => lineOf(one) - lineOf(other)).map(row)]
      : []),
    ...(rest > 0 ? [`  and ${rest} more\n`] : []),
  ].join('')
}
