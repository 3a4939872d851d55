import { beforeAll, expect, it } from 'vitest'
import { loadElixir } from '../src/languages/elixir/grammar.ts'
import { attempt } from './fuzz/attempt.ts'
import { readers } from './fuzz/readers.ts'

beforeAll(loadElixir)

it.each(readers)('$name', async (target) => {
  const start = Date.now()
  const failure = await attempt(target, 7, 300)
  console.log(target.name, Date.now() - start)
  expect(failure).toBeUndefined()
})
