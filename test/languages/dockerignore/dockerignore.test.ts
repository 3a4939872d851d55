import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decidingPattern, excludes, parseDockerignore } from '../../../src/languages/dockerignore/dockerignore.ts'
import { textOf } from '../../../src/text/source.ts'

interface Recorded {
  readonly id: string
  readonly dockerignore: string
  readonly paths: readonly string[]
  readonly error: string | null
  readonly excluded: Readonly<Record<string, boolean>> | null
}

for (const file of ['dockerignore', 'dockerignore-own']) {
  const path = new URL(`../../recorded/${file}.json`, import.meta.url)
  const cases: readonly Recorded[] = JSON.parse(readFileSync(path, 'utf8'))
  describe(`what moby's matcher keeps out (${file})`, () => {
    test.each(cases)('$id', ({ dockerignore, error, excluded }) => {
      const ignore = parseDockerignore({ path: '.dockerignore', text: dockerignore })
      expect(ignore.problems.length > 0).toBe(error !== null)
      if (excluded === null || error !== null) return
      const answers = Object.keys(excluded).map((name) => [name, excludes(ignore, name)])
      expect(Object.fromEntries(answers)).toEqual(excluded)
    })
  })
}

describe('the line that decides', () => {
  const text = '\ufeff# none\n/deps/\r\n  **/*.md \n!README.md\nlib\n'
  const ignore = parseDockerignore({ path: '.dockerignore', text })
  test.each([
    ['deps/phoenix/mix.exs', '/deps/'],
    ['docs/guide.md', '**/*.md'],
    ['README.md', '!README.md'],
    ['lib/README.md', '**/*.md'],
    ['lib/shop.ex', 'lib'],
    ['mix.exs', undefined],
  ])('%s: %s', (path, line) => {
    const at = decidingPattern(ignore, path)
    expect(at && textOf(at)).toBe(line)
  })

  test('invalid lines are left out and have a place', () => {
    const source = { path: '.dockerignore', text: 'a[\n!\nlib\n' }
    const read = parseDockerignore(source)
    expect(read.problems.map((problem) => textOf(problem.span))).toEqual(['a[', '!'])
    expect(excludes(read, 'lib/x.ex')).toBe(true)
  })

  test('many stars do not make it slow', () => {
    const slow = parseDockerignore({ path: '.dockerignore', text: `${'**/a*'.repeat(30)}b\n` })
    expect(excludes(slow, 'a/'.repeat(100))).toBe(false)
  })
})
