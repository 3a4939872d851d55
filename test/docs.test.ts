import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { plain, shownExamples } from '../src/report/example.ts'
import { mostLines, rulePage, ruleTable } from '../src/report/page.ts'
import { rules } from '../src/rules/index.ts'
import { settingsSchema } from '../src/settings/schema.ts'

it.each(rules.map((rule) => [rule.id, rule] as const))('docs/rules/%s.md is what the rule says', async (id, rule) => {
  const page = rulePage(rule, await shownExamples(rule, plain))
  expect(page.split('\n').length).toBeLessThanOrEqual(mostLines)
  await expect(page).toMatchFileSnapshot(`../docs/rules/${id}.md`)
})

it('docs/rules/README.md lists every rule', async () => {
  await expect(`# Rules\n\n${ruleTable(rules, '')}`).toMatchFileSnapshot('../docs/rules/README.md')
})

it('has no page of a rule that is gone', () => {
  const pages = ['README.md', ...rules.map((rule) => `${rule.id}.md`)]
  expect(readdirSync(new URL('../docs/rules/', import.meta.url)).filter((name) => !pages.includes(name))).toEqual([])
})

it('docs/settings.schema.json is what the settings may be', async () => {
  const text = `${JSON.stringify(settingsSchema(), undefined, 2)}\n`
  await expect(text).toMatchFileSnapshot('../docs/settings.schema.json')
})

it('test/rules-stable.txt has every id and severity: a change of it belongs into CHANGELOG.md', async () => {
  const lines = rules.map(({ id, severity, preview }) => `${id} ${severity}${preview ? ' preview' : ''}\n`)
  await expect(lines.toSorted().join('')).toMatchFileSnapshot('rules-stable.txt')
})
