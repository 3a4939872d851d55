import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { type ConfigRun, evaluateConfig } from '../../../src/languages/elixir/config/run.ts'
import { loadElixir } from '../../../src/languages/elixir/syntax/grammar.ts'
import { isKeyword, pairKey } from '../../../src/languages/elixir/values/map.ts'
import { alternatives } from '../../../src/languages/elixir/values/one-of.ts'
import { toTerm } from '../../../src/languages/elixir/values/term.ts'
import { absent, type Value } from '../../../src/languages/elixir/values/value.ts'
import { unknown, unset } from '../../../src/text/known.ts'
import { environmentOf, readJson } from './compare.ts'

beforeAll(loadElixir)

const recorded = join(import.meta.dirname, '../../recorded')
const scripts: readonly { readonly script: string }[] = readJson(join(recorded, 'config-scripts.json'))
const variables = { SET: 'set', NUM: '42', EMPTY: '', LIST: 'a,b,c', URL: 'https://u:p@h.example:444/p?q=1' }

const run = (script: string, isKnown: boolean): ConfigRun =>
  evaluateConfig({
    entry: { path: 'runtime.exs', text: `import Config\n${script}` },
    kind: 'runtime',
    directory: '/REL/releases/0.1.0',
    workingDirectory: '/REL',
    file: () => unset(),
    configEnv: 'prod',
    environment: isKnown ? environmentOf(variables) : { get: () => unknown('it may be set') },
    mixAvailable: false,
    otherModules: 'absent',
  })

/** Whether `wide`, known in part, may turn out to be `narrow`. */
function covers(wide: Value, narrow: Value): boolean {
  if (narrow.kind === 'unknown') return true
  if (wide.kind === 'oneOf') return alternatives(wide).some((one) => covers(one, narrow))
  if (wide.kind === 'unknown') return true
  if (wide.kind === 'list' && wide.tail?.kind === 'unknown') return true
  if (wide.kind === 'list' && isKeyword(wide) && narrow.kind === 'list' && isKeyword(narrow))
    return coversKeywords(wide, narrow)
  if ((wide.kind === 'list' && narrow.kind === 'list') || (wide.kind === 'tuple' && narrow.kind === 'tuple')) {
    return (
      wide.items.length === narrow.items.length &&
      wide.items.every((item, at) => covers(item, narrow.items[at] ?? absent))
    )
  }
  if (wide.kind === 'map' && narrow.kind === 'map') {
    return (
      wide.entries.length === narrow.entries.length &&
      wide.entries.every(([, item], at) => covers(item, narrow.entries[at]?.[1] ?? absent))
    )
  }
  return JSON.stringify(toTerm(wide), text) === JSON.stringify(toTerm(narrow), text)
}

const text = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)

function coversKeywords(wide: Value & { kind: 'list' }, narrow: Value & { kind: 'list' }): boolean {
  const get = (list: Value & { kind: 'list' }, key: string): Value => {
    const pair = list.items.find((item) => pairKey(item) === key)
    return pair?.kind === 'tuple' ? (pair.items[1] ?? absent) : absent
  }
  const keys = new Set([...wide.items, ...narrow.items].map((item) => pairKey(item) ?? ''))
  return [...keys].every(
    (key) => covers(get(wide, key), get(narrow, key)) || isEmptyApp(get(wide, key), get(narrow, key)),
  )
}

/** An application that may have no config stands there with an empty one. */
const isEmptyApp = (wide: Value, narrow: Value): boolean =>
  narrow.kind === 'absent' && wide.kind === 'list' && coversKeywords(wide, { kind: 'list', items: [] })

describe('what is known without the environment is so with it', () => {
  test.each(scripts.map(({ script }) => [script]))('%s', (script) => {
    const narrow = run(script, true)
    const wide = run(script, false)
    if (wide.outcome.kind === 'unknown' || narrow.outcome.kind === 'unknown') return
    if (narrow.outcome.kind === 'crash') {
      const stops = [...wide.possibleCrashes, ...(wide.outcome.kind === 'crash' ? [wide.outcome] : [])].map(
        ({ error }) => error.type,
      )
      if (stops.length === 0)
        expect(JSON.stringify([toTerm(wide.config), wide.notes.length, wide.reads], text)).toMatch(/unknown/)
      else expect(stops).toContain(narrow.outcome.error.type)
      return
    }
    expect(wide.outcome.kind).toBe('ok')
    expect(covers(wide.config, narrow.config)).toBe(true)
  })
})
