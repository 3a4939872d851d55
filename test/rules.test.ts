import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, inject, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { treeOf } from '../src/files/tree.ts'
import { rules } from '../src/rules/index.ts'
import type { Rule } from '../src/rules/rule.ts'
import type { Diagnostic } from '../src/text/diagnostic.ts'
import { applyEdits } from '../src/text/edit.ts'
import { parseExample } from '../src/text/example.ts'
import { placeName, positionAt, type Span, textOf } from '../src/text/source.ts'
import { itTells } from './tells.ts'
import { told } from './told.ts'

const linted = new Map<string, ReturnType<typeof analyze>>()

const lint = async (notation: string) => {
  const { sources, places } = parseExample(notation)
  const texts = Object.fromEntries(sources.map(({ path, text }) => [path, text]))
  const analysing = linted.get(notation) ?? analyze(treeOf(texts))
  linted.set(notation, analysing)
  const { diagnostics, failures } = await analysing
  expect(failures).toEqual([])
  return { texts, places, diagnostics }
}

const place = (at: Span) => `${placeName(at)}:${positionAt(at.source, at.start).column} ${textOf(at)}`
const said = (diagnostic: Diagnostic) => `${place(diagnostic.span)} [${diagnostic.rule}] ${diagnostic.message}`
const places = (spans: readonly Span[]) => [...new Set(spans.map(place))].sort()

/** The rules that `-t` names, or all: thousands of tests that are skipped take longer than those of one rule. */
const named = rules.filter(({ id }) => inject('filter')?.includes(id))
const tested = (named.length > 0 ? named : rules).map((rule): [string, Rule] => [rule.id, rule])

describe.each(tested)('%s', (id, rule) => {
  for (const example of rule.examples) {
    it(`${example.title}: bad is reported at the carets, and by this rule alone`, async () => {
      const { diagnostics, places: wanted } = await lint(example.bad)
      expect(diagnostics.filter((one) => one.rule !== id).map(said)).toEqual([])
      expect(places(diagnostics.map((one) => one.span))).toEqual(places(wanted))
      expect(wanted.length).toBeGreaterThan(0)
    })

    it(`${example.title}: good is clean under every rule`, async () => {
      expect((await lint(example.good)).diagnostics.map(said)).toEqual([])
    })

    if (example.fixed) {
      it(`${example.title}: the fix turns bad into good`, async () => {
        const { diagnostics, texts } = await lint(example.bad)
        const edits = diagnostics.flatMap((one) => one.fixes[0]?.edits ?? [])
        const good = Object.fromEntries(parseExample(example.good).sources.map(({ path, text }) => [path, text]))
        expect({ ...texts, ...Object.fromEntries(applyEdits(edits)) }).toEqual(good)
      })
    }
  }

  it('says what it can mend', async () => {
    const found = await Promise.all(rule.examples.map(({ bad }) => lint(bad)))
    const offered = found.flatMap(({ diagnostics }) =>
      diagnostics.flatMap(({ fixes }) => fixes.map((fix) => fix.safety)),
    )
    expect(rule.fix).toBe(offered.includes('safe') ? 'safe' : offered[0])
  })

  it('says what it must', () => {
    expect(rule.examples.length).toBeGreaterThan(1)
    expect(rule.why.length).toBeGreaterThan(80)
    expect(rule.links.length).toBeGreaterThan(0)
    expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(rule.summary).not.toMatch(/\.$/)
    expect(rule.incident).toMatch(/\.$/)
    expect(rule.links.every((link) => link.startsWith('https://'))).toBe(true)
  })
})

/**
 * Edge cases: `test/rules/<id>.txt` holds projects in the notation of examples under `=== title` lines. Without carets a
 * case must be clean under the rule. `<id>.out` holds all that is told of the examples and of the cases.
 */
const folder = new URL('./rules/', import.meta.url)
const casesOf = (id: string): [string, string][] =>
  readFileSync(new URL(`${id}.txt`, folder), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)])

describe.each(tested)('cases of %s', (id, rule) => {
  const cases = casesOf(id)
  it.each(cases)('%s', async (_title, notation) => {
    const { diagnostics, places: wanted } = await lint(notation)
    expect(places(diagnostics.filter((one) => one.rule === id).map((one) => one.span))).toEqual(places(wanted))
  })

  const examples = rule.examples.map(({ title, bad }): [string, string] => [`${title} (example)`, bad])
  itTells(
    new URL(`${id}.out`, folder),
    [...examples, ...cases].map(([title, notation]) => [
      title,
      async () => told((await lint(notation)).diagnostics, id),
    ]),
  )
})

it('has cases and what is told of them for each rule, and each id once', () => {
  expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length)
  const files = rules.flatMap(({ id }) => [`${id}.out`, `${id}.txt`])
  expect(readdirSync(folder).filter((name) => !files.includes(name))).toEqual([])
})
