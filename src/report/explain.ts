import type { Rule } from '../rules/rule.ts'
import { changeOf, shownExamples } from './example.ts'
import { headings } from './headings.ts'
import { capital, rulePage, severityOf } from './page.ts'
import type { Report } from './report.ts'
import { type Paint, paintWith } from './terminal/colour.ts'
import { wrap } from './terminal/wrap.ts'

const indent = 4

/** How the page of a rule is printed; `full` shows all files of its examples. */
export interface ExplainOptions extends Pick<Report, 'colour' | 'width'> {
  readonly full: boolean
}

/** What a page may take of a terminal: two screens of 24 lines. */
export const twoScreens = 48

const widest = 80

/** The page of a rule for a terminal: what happens, why, what to do, and the lines that differ; or all of it. */
export async function explainRule(rule: Rule, { full, colour, width }: ExplainOptions): Promise<string> {
  const paint = paintWith(colour)
  if (!full) return shortPage(rule, paint, Math.min(width, widest))
  const examples = await shownExamples(rule, { colour, width: width - indent })
  const shown: string[] = []
  let fence = ''
  for (const line of rulePage(rule, examples, full).split('\n')) {
    if (line.startsWith('```')) fence = line.slice(3)
    else if (fence !== '')
      shown.push(`${' '.repeat(indent)}${fence === 'diff' ? diffLine(line, paint) : line}`.trimEnd())
    else if (/^#+ /.test(line)) shown.push(paint.bold(line.replace(/^#+ /, '')))
    else if (!/^\| (---|Gotcha)/.test(line))
      shown.push(line.replace(/^\| (.*) \| (.*) \| (.*) \|$/, '$1 · $2 · fix: $3'))
  }
  return `${shown
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}

/** As many of the examples as fit; of the first one at least its beginning. */
function shortPage(rule: Rule, paint: Paint, width: number): string {
  const part = (title: string, text: string) => ['', paint.bold(title), ...wrap(text.replace(/\n/g, ' '), width)]
  const head = [
    paint.bold(rule.id),
    ...wrap(`${capital(rule.summary)}.`, width),
    `${headings[rule.gotcha]} · ${severityOf(rule)} · fix: ${rule.fix ?? 'none'}`,
    ...part('What happens in production', rule.incident),
    ...part('Why', rule.why),
    ...part('What to do', `${rule.remedy}.`),
  ]
  const tail = [
    '',
    ...wrap(`\`docker-gotchas explain --full ${rule.id}\` shows the whole examples.`, width),
    ...rule.links.slice(0, mostLinks),
  ]
  const changes: string[] = []
  for (const example of rule.examples) {
    const room = twoScreens - head.length - tail.length - changes.length - 2
    const lines = changeOf(example).map((line) => `  ${diffLine(cut(line, width - 2), paint)}`.trimEnd())
    if (lines.length > room && changes.length > 0) break
    const fits = lines.length <= room ? lines : [...lines.slice(0, Math.max(0, room - 1)), '  …']
    changes.push('', paint.bold(capital(example.title)), ...fits)
  }
  return `${[...head, ...changes, ...tail].join('\n')}\n`
}

const mostLinks = 3

const cut = (line: string, width: number): string => (line.length <= width ? line : `${line.slice(0, width - 1)}…`)

/** A line of a diff in its colour. */
export function diffLine(line: string, paint: Paint): string {
  if (line.startsWith('@@')) return paint.bold(line)
  if (line.startsWith('+')) return paint.good(line)
  return line.startsWith('-') ? paint.severity.error(line) : line
}
