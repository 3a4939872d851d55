import type { Rule } from '../rules/rule.ts'
import { jsonText } from '../text/neutral.ts'
import { byDrawer, docsOf, headings } from './headings.ts'
import { ruleTable } from './page.ts'
import { columnsOf } from './terminal/cells.ts'
import { paintWith } from './terminal/colour.ts'
import { wrap } from './terminal/wrap.ts'

/** The rules for a terminal of `width` columns, by gotcha: id, severity, fix, and what is wrong. */
export function rulesTty(rules: readonly Rule[], colour: boolean, width: number): string {
  const paint = paintWith(colour)
  const ids = Math.max(...rules.map(({ id }) => columnsOf(id)), 0)
  const heads = ['severity', 'fix'].map((head) => head.padEnd(8))
  const indent = ids + heads.join(' ').length + 4
  const lines = [paint.dim(`  ${'rule'.padEnd(ids)} ${heads.join(' ')} what is wrong`)]
  let gotcha: string | undefined
  for (const rule of byDrawer(rules)) {
    if (rule.gotcha !== gotcha) lines.push('', paint.bold(headings[rule.gotcha]))
    gotcha = rule.gotcha
    const summary = wrap(`${rule.summary}${rule.preview ? ' (preview)' : ''}`, Math.max(24, width - indent))
    const severity = paint.severity[rule.severity](rule.severity) + ' '.repeat(8 - rule.severity.length)
    const row = `  ${rule.id.padEnd(ids)} ${severity} ${(rule.fix ?? '').padEnd(8)}`
    lines.push(...summary.map((part, index) => (index === 0 ? `${row} ${part}` : ' '.repeat(indent) + part)))
  }
  return `${lines.join('\n')}\n`
}

/** The rules as JSON, a contract for other programs: `{ version: 1, rules: [{ id, gotcha, severity, summary, … }] }`. */
export const rulesJson = (rules: readonly Rule[]): string => {
  const shown = rules.map(({ id, gotcha, severity, summary, incident, fix, preview, links }) => ({
    id,
    gotcha,
    severity,
    summary,
    incident,
    fix: fix ?? 'none',
    preview: preview ?? false,
    links,
    docs: docsOf(id),
  }))
  return jsonText({ version: 1, rules: shown })
}

/** The rules as a Markdown table, with links to their pages. */
export const rulesMarkdown = (rules: readonly Rule[]): string => ruleTable(rules, 'docs/rules/')
