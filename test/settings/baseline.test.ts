import { describe, expect, it, test } from 'vitest'
import { maskingOf } from '../../src/masking/masking.ts'
import { showFindings } from '../../src/masking/shown.ts'
import { baselineText, matchBaseline, readBaseline } from '../../src/settings/baseline.ts'
import { jsonErrorAt } from '../../src/settings/json-error.ts'
import type { Diagnostic } from '../../src/text/diagnostic.ts'
import { positionAt, type Span, span, textOf } from '../../src/text/source.ts'

const same = (path: string) => path

function finding(rule: string, path: string, text: string, part: string, from = 0): Diagnostic {
  const start = text.indexOf(part, from)
  return {
    rule,
    gotcha: 'image',
    severity: 'error',
    certainty: 'certain',
    message: 'm',
    span: span({ path, text }, start, start + part.length),
    related: [],
    fixes: [],
    why: '',
    remedy: '',
  }
}

const found = (diagnostics: readonly Diagnostic[], secrets: readonly Span[] = []) =>
  showFindings(
    { diagnostics, read: [], notes: [], failures: [], looked: { checked: [], leftOut: [], nothing: undefined } },
    maskingOf({ sources: [], spans: secrets }),
  )
const entriesOf = (text: string) => readBaseline({ path: 'b.json', text }).entries

test('a baseline is sorted, has a version and is read back', () => {
  const text = 'FROM x\nRUN a\nRUN b\n'
  const all = [
    finding('r2', 'Dockerfile', text, 'RUN b'),
    finding('r1', 'Dockerfile', text, 'RUN a'),
    finding('r1', 'A', text, 'RUN a'),
  ]
  const written = baselineText(found(all), same)
  expect(baselineText(found(all.toReversed()), same)).toBe(written)
  expect(written.startsWith('{\n  "tool": "docker-gotchas",\n  "version": 1,\n')).toBe(true)
  const entries = entriesOf(written)
  expect(entries.map(({ file, rule }) => `${file} ${rule}`)).toEqual(['A r1', 'Dockerfile r1', 'Dockerfile r2'])
  expect(matchBaseline(found(all), entries, same)).toMatchObject({ kept: [], unmatched: [] })
})

test('moved lines, blanks and other lines do not matter; the line itself, the file and the rule do', () => {
  const entries = entriesOf(baselineText(found([finding('r', 'Dockerfile', 'FROM x\nRUN  a\n', 'a')]), same))
  const quiet = (one: Diagnostic) => matchBaseline(found([one]), entries, same).kept.length === 0
  expect(quiet(finding('r', 'Dockerfile', '# new\nFROM y AS z\n\n  RUN a\n', 'a\n'))).toBe(true)
  expect(quiet(finding('r', 'Dockerfile', 'FROM x\r\nRUN  a\r\n', 'a'))).toBe(true)
  expect(quiet(finding('r', 'Dockerfile', 'FROM x\nRUN ab\n', 'ab'))).toBe(false)
  expect(quiet(finding('q', 'Dockerfile', 'FROM x\nRUN  a\n', 'a'))).toBe(false)
  expect(quiet(finding('r', 'b/Dockerfile', 'FROM x\nRUN  a\n', 'a'))).toBe(false)
})

test('like findings are counted', () => {
  const three = 'RUN a\nRUN a\nRUN a\n'
  const all = [0, 6, 12].map((from) => finding('r', 'Dockerfile', three, 'RUN a', from))
  const entries = entriesOf(baselineText(found(all.slice(0, 2)), same))
  expect(entries).toHaveLength(2)
  expect(matchBaseline(found(all), entries, same).kept).toHaveLength(1)
  const less = matchBaseline(found(all.slice(0, 1)), entries, same)
  expect([less.kept.length, less.unmatched.length]).toEqual([0, 1])
})

test('nothing of a secret is in it, so that nobody can try out what it might be', () => {
  const of = (secret: string) => {
    const text = `ENV KEY=${secret} A=b\n`
    const one = finding('r', 'Dockerfile', text, 'KEY')
    const start = text.indexOf(secret)
    return baselineText(found([one], [span(one.span.source, start, start + secret.length)]), same)
  }
  expect(of('wLxvP0bTnTGm')).toBe(of('another-secret-of-other-length'))
  const env = (value: string) => baselineText(found([finding('r', '.env', `export LEVEL=${value}\n`, 'LEVEL')]), same)
  expect(env('hunter2')).toBe(env('x'))
})

describe('what is no baseline is refused at its place', () => {
  it.each([
    ['', '1:1 ', 'stops being JSON'],
    ['{"tool": "docker-gotchas",\n "version": 1,\n "findings": [}', '3:15 }', 'stops being JSON'],
    ['{"tool": "docker-gotchas", "version": 1, "findings": []', '1:56 ', 'stops being JSON'],
    ['hello', '1:1 h', 'stops being JSON'],
    ['[]', '1:1 [', 'no baseline of docker-gotchas'],
    ['"x"', '1:1 "', 'no baseline of docker-gotchas'],
    ['{"parameters": {}}', '1:1 {', 'no baseline of docker-gotchas'],
    ['{"tool": "detect-secrets", "version": 1}', '1:1 {', 'no baseline of docker-gotchas'],
    ['{"tool": "docker-gotchas",\n "version": 2}', '2:13 2', 'of version 2, which is newer'],
    ['{"tool": "docker-gotchas", "version": "1"}', '1:39 "1"', 'is not 1'],
    ['{"tool": "docker-gotchas"}', '1:1 ', 'is not 1'],
    ['{"tool": "docker-gotchas", "version": 1}', '1:1 ', 'a list'],
    ['{"tool": "docker-gotchas", "version": 1, "findings": {"a": 1}}', '1:54 {"a": 1}', 'a list'],
    [
      '{"tool": "docker-gotchas", "version": 1, "findings": [\n{"rule": "a", "file": "b", "fingerprint": "c"},\n{"rule": 5}]}',
      '3:1 {"rule": 5}',
      'has a `rule`',
    ],
  ])('%j', (text, place, message) => {
    const { entries, problem } = readBaseline({ path: 'b.json', text })
    expect(entries).toEqual([])
    if (problem === undefined) throw new Error('it was taken')
    const { line, column } = positionAt(problem.span.source, problem.span.start)
    expect(`${line}:${column} ${textOf(problem.span)}`).toBe(place)
    expect(problem.message).toContain(message)
  })

  it('of any size and depth, in bounded time', () => {
    const entry = '{"rule": "a", "file": "b", "fingerprint": "c"}'
    const large = `{"tool": "docker-gotchas", "version": 1, "findings": [${`${entry},`.repeat(60_000)}${entry}]}`
    expect(entriesOf(large)).toHaveLength(60_001)
    expect(jsonErrorAt('['.repeat(500_000))).toBe(500_000)
    expect(jsonErrorAt(`"${'\\n'.repeat(500_000)}`)).toBe(0)
  })
})

describe('where JSON stops', () => {
  it.each([
    ['{"a": 1,}', 8],
    ['[1 2]', 3],
    ['[1,]', 3],
    ['{"a" 1}', 5],
    ['{a: 1}', 1],
    ["['a']", 1],
    ['[01]', 1],
    ['[1.]', 1],
    ['["\\x"]', 1],
    ['["a\nb"]', 1],
    ['[tru]', 1],
    ['{} x', 3],
    ['{]', 1],
    ['[1}', 2],
    ['  ', 2],
    ['[1', 2],
    ['{"a":', 5],
  ])('%j', (text, at) => {
    expect(() => JSON.parse(text)).toThrow()
    expect(jsonErrorAt(text)).toBe(at)
  })
})
