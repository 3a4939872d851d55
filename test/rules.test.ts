import { readdirSync } from 'node:fs'
import { describe, expect, inject, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { bareMasking } from '../src/masking/masking.ts'
import { goodOf } from '../src/rules/example.ts'
import { rules } from '../src/rules/index.ts'
import type { Rule } from '../src/rules/rule.ts'
import { applyEdits } from '../src/text/edit.ts'
import { ofRules } from './cases.ts'
import { itReports, lint } from './tells.ts'
import { treeFor } from './trees.ts'

/** The rules that `-t` names, or all: thousands of tests that are skipped take longer than those of one rule. */
const named = rules.filter(({ id }) => inject('filter')?.includes(id))
const tested = (named.length > 0 ? named : rules).map((rule): [string, Rule] => [rule.id, rule])

describe.each(tested)('%s', (id, rule) => {
  const file = ofRules.find(({ own }) => own === id)
  const examples = rule.examples.map((example, n) => ({ example, title: example.title, bad: file?.cases[n] }))

  it.each(examples)('$title: bad is reported by this rule alone', async ({ bad }) => {
    const found = bad ? await lint(bad) : []
    expect(found.filter((one) => one.rule !== id).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
    expect(found.length).toBeGreaterThan(0)
  })

  it.each(examples)('$title: good is clean under every rule', async ({ example }) => {
    const { diagnostics } = await analyze(treeFor(goodOf(example).texts))
    expect(diagnostics.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([])
  })

  it.each(examples.filter(({ example }) => example.fixed))('$title: the fix turns bad into good', async (one) => {
    const edits = one.bad ? (await lint(one.bad)).flatMap(({ fixes }) => fixes[0]?.edits ?? []) : []
    const fixed = { ...one.bad?.project().texts, ...Object.fromEntries(applyEdits(edits)) }
    expect(fixed).toEqual(goodOf(one.example).texts)
  })

  it('says what it can mend', async () => {
    const found = await Promise.all(examples.map(({ bad }) => (bad ? lint(bad) : [])))
    const offered = found.flat().flatMap(({ fixes }) => fixes.map((fix) => fix.safety))
    expect(rule.fix).toBe(offered.includes('safe') ? 'safe' : offered[0])
  })

  it('says what it must', () => {
    expect(rule.examples.length, 'at least two examples').toBeGreaterThan(1)
    expect(rule.why.length, 'a `why` of more than 80 letters').toBeGreaterThan(80)
    expect(rule.links.length, 'a link to what is known of it').toBeGreaterThan(0)
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(rule.summary).not.toMatch(/\.$/)
    expect(rule.incident).toMatch(/\.$/)
    const sentences = [rule.summary, rule.incident, rule.remedy, rule.noFix ?? '']
    expect(sentences.map(bareMasking.text), 'nothing that looks like the name of a secret and its value').toEqual(
      sentences,
    )
    expect(rule.remedy).toMatch(/^[A-Z][^\n]{10,119}[^.\n]$/)
    expect(rule.links.every((link) => link.startsWith('https://'))).toBe(true)
  })

  if (file) describe('cases', () => itReports(file))
})

it('has cases and what is told of them for each rule, and each id once', () => {
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length)
  const files = rules.flatMap(({ id }) => [`${id}.out`, `${id}.txt`])
  expect(readdirSync(new URL('./rules/', import.meta.url)).filter((name) => !files.includes(name))).toEqual([])
})
