import type { Rule } from '../rules/rule.ts'
import { rulePage } from './page.ts'
import { paintWith } from './terminal/colour.ts'

/** The page of a rule for a terminal: the Markdown of its page, with headings and code set off. */
export function explainRule(rule: Rule, colour: boolean): string {
  const paint = paintWith(colour)
  const shown: string[] = []
  let fenced = false
  for (const line of rulePage(rule).split('\n')) {
    if (line.startsWith('```')) fenced = !fenced
    else if (fenced) shown.push(/^\s*\^+$/.test(line) ? `    ${paint.severity[rule.severity](line)}` : `    ${line}`)
    else if (/^#+ /.test(line)) shown.push(paint.bold(line.replace(/^#+ /, '')))
    else if (!/^\| (---|Gotcha)/.test(line))
      shown.push(line.replace(/^\| (.*) \| (.*) \| (.*) \|$/, '$1 · $2 · fix: $3'))
  }
  return `${shown
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`
}
