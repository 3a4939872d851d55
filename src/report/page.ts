import type { Rule } from '../rules/rule.ts'
import type { ShownExample } from './example.ts'
import { byDrawer, headings } from './headings.ts'

/** What a page of the documentation may take. */
export const mostLines = 100

/**
 * The page of a rule, as Markdown: what happens, why, and of its examples what is found and what mends it. Of those, as
 * many as two screens hold; `full` shows all of them, with the whole projects.
 */
export function rulePage(rule: Rule, examples: readonly ShownExample[], full = false): string {
  const shown = examples.map((example) => (full ? wholeExample(example) : shortExample(example)))
  const page = (count: number) => [
    ...introduction(rule),
    ...shown.slice(0, count).flat(),
    ...(full ? [] : more(rule, examples.slice(count))),
    ...links(rule),
  ]
  const counts = examples.map((_, n) => examples.length - n)
  const count = full ? examples.length : (counts.find((count) => page(count).length <= mostLines) ?? 0)
  return page(count).join('\n')
}

const introduction = (rule: Rule): readonly string[] => [
  `# ${rule.id}`,
  '',
  `${capital(rule.summary)}.`,
  '',
  `| Gotcha | Severity | Fix |`,
  `| --- | --- | --- |`,
  `| ${headings[rule.gotcha]} | ${severityOf(rule)} | ${rule.fix ?? 'none'} |`,
  '',
  '## What happens in production',
  '',
  rule.incident,
  '',
  '## Why',
  '',
  ...rule.why.split('\n'),
  '',
  '## What to do',
  '',
  `${rule.remedy}.`,
  '',
]

const links = (rule: Rule): readonly string[] => ['## Links', '', ...rule.links.map((link) => `- <${link}>`), '']

function shortExample({ title, found: [first = '', ...others], change }: ShownExample): readonly string[] {
  const rest = others.length > 0 ? [`and ${others.length} more like it`] : []
  return [
    `## ${capital(title)}`,
    '',
    ...fenced('text', [...first.split('\n'), ...rest]),
    'What makes it good:',
    '',
    ...fenced('diff', change),
  ]
}

const wholeExample = ({ title, texts, found, change }: ShownExample): readonly string[] => [
  `## ${capital(title)}`,
  '',
  ...Object.entries(texts).flatMap(([path, text]) => [
    `\`${path}\``,
    '',
    ...fenced(languageOf(path), text.replace(/\r/g, '␍').trimEnd().split('\n')),
  ]),
  'What is found:',
  '',
  ...fenced('text', found.join('\n\n').split('\n')),
  'What makes it good:',
  '',
  ...fenced('diff', change),
]

const fenced = (language: string, lines: readonly string[]): readonly string[] => [
  `\`\`\`${language}`,
  ...lines,
  '```',
  '',
]

function more({ id }: Rule, left: readonly ShownExample[]): readonly string[] {
  const others = left.length > 0 ? `Also: ${left.map(({ title }) => title).join('; ')}. ` : ''
  return [`${others}\`docker-gotchas explain --full ${id}\` shows the whole projects.`, '']
}

/** The table of all rules, as Markdown. */
export function ruleTable(rules: readonly Rule[], folder: string): string {
  const rows = byDrawer(rules).map(
    (rule) =>
      `| [\`${rule.id}\`](${folder}${rule.id}.md) | ${headings[rule.gotcha]} | ${severityOf(rule)} | ${rule.fix ?? ''} | ${rule.summary} |`,
  )
  return ['| Rule | Gotcha | Severity | Fix | What is wrong |', '| --- | --- | --- | --- | --- |', ...rows, ''].join(
    '\n',
  )
}

/** The severity of a rule as people read it. */
export const severityOf = ({ severity, preview }: Rule): string => `${severity}${preview ? ' (preview)' : ''}`

function languageOf(path: string): string {
  if (/\.exs?$/.test(path)) return 'elixir'
  if (/\.ya?ml$/.test(path)) return 'yaml'
  if (/Dockerfile/.test(path)) return 'dockerfile'
  return /(^|\/)bin\/|\.sh$/.test(path) ? 'sh' : 'text'
}

/** A text as the beginning of a line. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
