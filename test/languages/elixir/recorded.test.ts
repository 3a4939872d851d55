import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { expectedOf, recordedIn, replay } from './compare.ts'

beforeAll(loadElixir)

const cases = recordedIn(join(import.meta.dirname, '../../recorded/config'))

describe('configs are evaluated as Elixir does', () => {
  test.each(
    cases.map((one) => [`${basename(one.folder)} ${one.scenario.name} ${one.elixir}`, one] as const),
  )('%s', (_, one) => {
    expect(replay(one)).toEqual(expectedOf(one))
  })
})
