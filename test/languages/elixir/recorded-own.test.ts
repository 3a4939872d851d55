import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { expectedOf, isLeftOpen, nameOf, recordedIn, replay, unmodelled } from './compare.ts'

beforeAll(loadElixir)

const cases = recordedIn(join(import.meta.dirname, '../../recorded/config-own'))

describe('our own recorded configs are evaluated as Elixir does', () => {
  test.each(
    cases.filter((one) => !unmodelled.has(nameOf(one))).map((one) => [nameOf(one), one] as const),
  )('%s', (_, one) => {
    expect(replay(one)).toEqual(expectedOf(one))
  })

  test.each(
    cases.filter((one) => unmodelled.has(nameOf(one))).map((one) => [nameOf(one), one] as const),
  )('%s is left open in part', (_, one) => {
    expect(isLeftOpen(replay(one), expectedOf(one)), JSON.stringify(replay(one), null, 1)).toBe(true)
  })
})
