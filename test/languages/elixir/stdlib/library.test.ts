import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadElixir } from '../../../../src/languages/elixir/syntax/grammar.ts'
import { inspectValue } from '../../../../src/languages/elixir/values/inspect.ts'
import { isOpen } from '../../../../src/languages/elixir/values/map.ts'
import { run } from './run.ts'

beforeAll(loadElixir)

type Row = readonly [string, { readonly ok: string } | { readonly error: string; readonly message: string }]
const folder = join(import.meta.dirname, '../../../recorded/expressions')
const rows: readonly Row[] = JSON.parse(readFileSync(join(folder, 'library.json'), 'utf8'))

/** What we leave open, on purpose: nobody calls these where an application is configured. */
const unmodelled = new Set(readFileSync(join(folder, 'not-modelled.txt'), 'utf8').trimEnd().split('\n'))

/** Errors of the evaluator around the call, or of which only the type is the same. */
const typeOnly = new Set(['CompileError', 'SyntaxError', 'BadArityError'])

describe('the standard library answers as Elixir 1.14 does', () => {
  test.each(rows.filter(([expression]) => !unmodelled.has(expression)))('%s', (expression, expected) => {
    const outcome = run(expression)
    if ('ok' in expected) {
      expect(outcome).toMatchObject({ kind: 'value' })
      if (outcome.kind === 'value') expect(inspectValue(outcome.value, '1.14.0')).toBe(expected.ok)
      return
    }
    expect(outcome).toMatchObject({ kind: 'crash', type: expected.error })
    if (outcome.kind === 'crash' && !typeOnly.has(expected.error)) expect(outcome.message).toBe(expected.message)
  })

  test.each([...unmodelled])('%s is left open', (expression) => {
    const outcome = run(expression)
    expect(outcome.kind === 'value' && (isOpen(outcome.value) || expression.startsWith('Enum.sort'))).toBe(true)
  })
})
