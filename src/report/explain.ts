import type { Rule } from '../rules/rule.ts'
import { shownExamples } from './example.ts'
import { rulePage } from './page.ts'
import type { Report } from './report.ts'
import { paintWith } from './terminal/colour.ts'

const indent = 4

/** How the page of a rule is printed; `full` shows all files of its examples. */
export interface ExplainOptions extends Pick<Report, 'colour' | 'width'> {
  readonly full: boolean
}

/** The page of a rule for a terminal: the Markdown of its page, with headings and code set off. */
export async function explainRule(rule: Rule, { full, colour, width }: ExplainOptions): Promise<string> {
  const paint = paintWith(colour)
  const examples = await shownExamples(rule, { colour, width: width - indent })
  const shown: string[] = []
  let fence = ''
  for (const line of rulePage(rule, examples, full).split('\n')) {
    if (line.startsWith('```')) fence = line.slice(3)
    else if (fence !== '') shown.push(`${' '.repeat(indent)}${fence === 'diff' ? diffLine(line) : line}`.trimEnd())
    else if (/^#+ /.test(line)) shown.push(paint.bold(line.replace(/^#+ /, '')))
    else if (!/^\| (---|Gotcha)/.test(line))
      shown.push(line.replace(/^\| (.*) \| (.*) \| (.*) \|$/, '$1 · $2 · fix: $3'))
  }
  return `${shown
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`

  function diffLine(line: string): string {
    if (line.startsWith('@@')) return paint.bold(line)
    if (line.startsWith('+')) return paint.good(line)
    return line.startsWith('-') ? paint.severity.error(line) : line
  }
}
