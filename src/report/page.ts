import type { Rule } from '../rules/rule.ts'
import { parseExample } from '../text/example.ts'
import { headings } from './headings.ts'

/** The page of a rule, as Markdown. */
export function rulePage(rule: Rule): string {
  const examples = rule.examples.flatMap((example) => [
    `### ${capital(example.title)}`,
    '',
    'Reported:',
    '',
    ...filesOf(example.bad, true),
    'Not reported:',
    '',
    ...filesOf(example.good, false),
  ])
  return [
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
    rule.why,
    '',
    '## Examples',
    '',
    ...examples,
    '## Links',
    '',
    ...rule.links.map((link) => `- <${link}>`),
    '',
  ].join('\n')
}

/** The table of all rules, as Markdown. */
export function ruleTable(rules: readonly Rule[], folder: string): string {
  const rows = rules.map(
    (rule) =>
      `| [\`${rule.id}\`](${folder}${rule.id}.md) | ${headings[rule.gotcha]} | ${severityOf(rule)} | ${rule.fix ?? ''} | ${rule.summary} |`,
  )
  return ['| Rule | Gotcha | Severity | Fix | What is wrong |', '| --- | --- | --- | --- | --- |', ...rows, ''].join(
    '\n',
  )
}

const severityOf = ({ severity, preview }: Rule): string => `${severity}${preview ? ' (preview)' : ''}`

function filesOf(notation: string, marked: boolean): readonly string[] {
  const { sources, places } = parseExample(notation)
  return sources.flatMap((source) => {
    const marks = places.filter((place) => marked && place.source.path === source.path)
    const lines = source.text.trimEnd().split('\n')
    let offset = 0
    const shown = lines.flatMap((line) => {
      const start = offset
      offset += line.length + 1
      const here = marks.filter((mark) => mark.start >= start && mark.start < offset)
      return [
        line.replace('\r', '␍'),
        ...here.map((mark) => `${' '.repeat(mark.start - start)}${'^'.repeat(Math.max(1, mark.end - mark.start))}`),
      ]
    })
    return [`\`${source.path}\``, '', `\`\`\`${languageOf(source.path)}`, ...shown, '```', '']
  })
}

function languageOf(path: string): string {
  if (/\.exs?$/.test(path)) return 'elixir'
  if (/\.ya?ml$/.test(path)) return 'yaml'
  if (/Dockerfile/.test(path)) return 'dockerfile'
  return /(^|\/)bin\/|\.sh$/.test(path) ? 'sh' : 'text'
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
