import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { rulePage, ruleTable } from '../src/report/page.ts'
import { rules } from '../src/rules/index.ts'

it.each(rules.map((rule) => [rule.id, rule] as const))('docs/rules/%s.md is what the rule says', async (id, rule) => {
  await expect(rulePage(rule)).toMatchFileSnapshot(`../docs/rules/${id}.md`)
})

it('docs/rules/README.md lists every rule', async () => {
  await expect(`# Rules\n\n${ruleTable(rules, '')}`).toMatchFileSnapshot('../docs/rules/README.md')
})

it('has no page of a rule that is gone', () => {
  const pages = readdirSync(new URL('../docs/rules/', import.meta.url)).filter((name) => name !== 'README.md')
  expect(pages.sort()).toEqual(rules.map((rule) => `${rule.id}.md`).sort())
})
