import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { expandWord } from '../../../src/languages/dockerfile/expand.ts'
import type { Escape } from '../../../src/languages/dockerfile/types.ts'

interface Recorded {
  readonly id: string
  readonly word: string
  readonly env: Readonly<Record<string, string>>
  readonly escape: Escape
  readonly result: string | null
  readonly error: string | null
  readonly matched: readonly string[]
  readonly unmatched: readonly string[]
  readonly words: readonly string[]
}

for (const file of ['expand', 'expand-own']) {
  const path = new URL(`../../recorded/${file}.json`, import.meta.url)
  const cases: readonly Recorded[] = JSON.parse(readFileSync(path, 'utf8'))
  describe(`words as BuildKit expands them (${file})`, () => {
    test.each(cases)('$id', ({ word, env, escape: escaping, ...expected }) => {
      const expansion = expandWord(word, (name) => (Object.hasOwn(env, name) ? env[name] : undefined), escaping)
      expect({
        result: expansion.result ?? null,
        refused: expansion.error !== undefined,
        matched: expansion.matched,
        unmatched: expansion.unmatched,
        words: expansion.words,
      }).toEqual({
        result: expected.result,
        refused: expected.error !== null,
        matched: expected.matched,
        unmatched: expected.unmatched,
        words: expected.words,
      })
    })
  })
}
