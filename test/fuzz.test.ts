import { beforeAll, expect, it } from 'vitest'
import { loadElixir } from '../src/languages/elixir/grammar.ts'
import { attempt } from './fuzz/attempt.ts'
import { readers } from './fuzz/readers.ts'

beforeAll(loadElixir)

it.each(readers)('$name', async (target) => {
  const failure = await attempt(target, { seed: 7, runs: 300 })
  expect(failure).toBeUndefined()
})
