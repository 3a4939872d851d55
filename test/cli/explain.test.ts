import { expect, it } from 'vitest'
import { explainRule, twoScreens } from '../../src/report/explain.ts'
import { badOf } from '../../src/rules/example.ts'
import { rules } from '../../src/rules/index.ts'

it.each(
  rules.map((rule) => [rule.id, rule] as const),
)('the page of %s is two screens of a terminal', async (id, rule) => {
  const page = await explainRule(rule, { full: false, colour: false, width: 80 })
  const flat = page.replace(/\s+/g, ' ')
  for (const text of [id, rule.incident, rule.why, `${rule.remedy}.`]) expect(flat).toContain(text.replace(/\s+/g, ' '))
  expect(page).toMatch(/^ {2}@@ /m)
  expect(page).toMatch(/^ {2}[-+]/m)
  expect(page).not.toMatch(/^```|^#|\| ---/m)
  const lines = page.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(twoScreens)
  expect(lines.filter((line) => line.length > 80 && !/^https?:/.test(line))).toEqual([])
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
