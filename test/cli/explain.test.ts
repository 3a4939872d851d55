import { expect, it } from 'vitest'
import { explainRule } from '../../src/report/explain.ts'
import { mostLines } from '../../src/report/page.ts'
import { badOf } from '../../src/rules/example.ts'
import { rules } from '../../src/rules/index.ts'

it.each(
  rules.map((rule) => [rule.id, rule] as const),
)('the page of %s is two screens of a terminal', async (id, rule) => {
  const page = await explainRule(rule, { full: false, colour: false, width: 80 })
  expect(page).toContain(rule.incident)
  expect(page).toContain(`[${id}]:`)
  expect(page).toMatch(/^ {4}@@ /m)
  expect(page).not.toMatch(/^```|^#|\| ---/m)
  expect(page.split('\n').length).toBeLessThanOrEqual(mostLines)
})

it.each(
  rules.map((rule) => [rule.id, rule] as const),
)('the whole page of %s has all files of its examples', async (_, rule) => {
  const page = await explainRule(rule, { full: true, colour: false, width: 80 })
  for (const example of rule.examples) {
    expect(page.toLowerCase()).toContain(example.title.toLowerCase())
    for (const path of Object.keys(badOf(example).texts)) expect(page).toContain(`\`${path}\``)
  }
})
