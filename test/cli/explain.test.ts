import { expect, it } from 'vitest'
import { explainRule } from '../../src/report/explain.ts'
import { rules } from '../../src/rules/index.ts'

it.each(rules.map((rule) => [rule.id, rule] as const))('the page of %s reads in a terminal', (_id, rule) => {
  const page = explainRule(rule, false)
  expect(page).toContain(rule.incident)
  expect(page).toContain('^')
  expect(page).not.toMatch(/^```|^#|\| ---/m)
})
