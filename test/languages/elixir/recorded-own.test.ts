import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { expectedOf, isLeftOpen, type Recorded, recordedIn, replay } from './compare.ts'

beforeAll(loadElixir)

const cases = recordedIn(join(import.meta.dirname, '../../recorded/config-own'))
const nameOf = ({ folder, scenario, elixir }: Recorded) => `${basename(folder)} ${scenario.name} ${elixir}`

/** They call what no project's configuration does. */
const unmodelled = new Set([
  'access_and_tap only 1.14.0',
  'argument_errors date 1.14.0',
  'datetimes none 1.14.0',
  'datetimes bad 1.14.0',
  'inspect_forms only 1.14.0',
  'list_append_ops none 1.14.0',
  'list_append_ops x 1.14.0',
  'numeric_env none 1.14.0',
  'regex_use none 1.14.0',
  'regex_use other 1.14.0',
  'sigils_heredocs none 1.14.0',
  'sigils_heredocs set 1.14.0',
  'string_more none 1.14.0',
  'struct_in_config only 1.14.0',
  'version_guard only 1.14.0',
])

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
