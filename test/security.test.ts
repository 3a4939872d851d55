import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const root = new URL('../', import.meta.url)
const tests = readdirSync(new URL('test/', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => `test/${path}`)
const promised = readFileSync(new URL('SECURITY.md', root), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| **'))
const namedIn = (line: string) => [...line.matchAll(/`(test\/[^`]+)`/g)].map(([, pattern = '']) => pattern)

/** Whether a path is one of those that a pattern names, in which `*` is any part of a name. */
const matches = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`).test(path)

it.each(
  promised.map((line): [string, string] => [/\*\*(.+?)\*\*/.exec(line)?.[1] ?? line, line]),
)('SECURITY.md: "%s" is proved by tests that are there', (_, line) => {
  const patterns = namedIn(line)
  expect(patterns).not.toEqual([])
  expect(patterns.filter((pattern) => !tests.some((path) => matches(pattern, path)))).toEqual([])
})

it('every test of test/hostile proves a promise of SECURITY.md', () => {
  const patterns = promised.flatMap(namedIn)
  const hostile = tests.filter((path) => path.startsWith('test/hostile/'))
  expect(hostile.filter((path) => !patterns.some((pattern) => matches(pattern, path)))).toEqual([])
})
