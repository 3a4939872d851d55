import { beforeAll, describe, expect, it } from 'vitest'
import { analyze } from '../src/analyze.ts'
import { memoryHost } from '../src/files/memory.ts'
import { treeOf } from '../src/files/tree.ts'
import { type FixOutcome, fixTree } from '../src/fix.ts'
import { loadElixir } from '../src/languages/elixir/syntax/grammar.ts'
import { attempt } from './fuzz/attempt.ts'
import { checkRan } from './fuzz/commands.ts'
import { dockerfile } from './fuzz/languages/dockerfile.ts'
import { checkFailures, checkOutcome } from './fuzz/laws/fixes.ts'
import { checkMasked } from './fuzz/laws/masked.ts'
import { checkOrder } from './fuzz/laws/order.ts'
import { checkSpans } from './fuzz/laws/spans.ts'
import { reduced } from './fuzz/reduce.ts'
import type { Target } from './fuzz/target.ts'
import { targets } from './fuzz/targets.ts'
import { samples } from './projects.ts'

/** How many inputs of what costs more than a reader. `npm run fuzz` tries as many as there is time for. */
const counts: Readonly<Record<string, number>> = {
  json: 60,
  builds: 60,
  tars: 150,
  analyses: 30,
  fixes: 8,
  commands: 30,
  masked: 40,
  damaged: 40,
  worsened: 25,
}
const ofReader = 250

beforeAll(loadElixir)

it.each(targets)('$name: made-up input breaks no law', async (target) => {
  expect(await attempt(target, { seed: 7, runs: counts[target.name] ?? ofReader })).toBeUndefined()
})

describe('the laws can be broken:', () => {
  const source = { path: 'a', text: 'text' }

  it.each([
    ['a place that ends behind its text', { source, start: 0, end: 5 }],
    ['a place that ends before it starts', { source, start: 3, end: 2 }],
    ['a place in no whole number', { source, start: Number.NaN, end: 2 }],
    ['such a place, deep', [new Map([['a', new Set([{ b: { source, start: -1, end: 2 } }])]])]],
  ])('%s', (_, value) => {
    expect(() => checkSpans(value)).toThrow('a has no place')
  })

  it('a place in another text', () => {
    expect(() => checkSpans({ source, start: 0, end: 4 }, () => false)).toThrow('a is a text of no file')
  })

  it('five characters of a secret', () => {
    expect(() => checkMasked('Qx7Zk3Wv9', { stdout: 'Qx7······, k3W' })).not.toThrow()
    expect(() => checkMasked('Qx7Zk3Wv9', { stdout: '', stderr: 'is 7Zk3W' })).toThrow('stderr has the secret')
  })
})

describe('the laws of whole projects can be broken:', () => {
  const sample = samples.find(({ name }) => name === 'first-deploy')?.texts ?? {}
  const texts = { ...sample, Dockerfile: (sample.Dockerfile ?? '').replaceAll('\n', '\r\n') }
  const tree = treeOf(texts)
  const other = (outcome: FixOutcome, change: (dockerfile: string) => string): FixOutcome => {
    const after = change(texts.Dockerfile)
    const changes = [{ path: 'Dockerfile', before: texts.Dockerfile, after, executable: false }]
    return { ...outcome, changes, tree: treeOf({ ...texts, Dockerfile: after }) }
  }

  it('another order of files', async () => {
    const analysis = await analyze(tree)
    await checkOrder(memoryHost(texts), analysis)
    await expect(checkOrder(memoryHost(texts), { ...analysis, diagnostics: [] })).rejects.toThrow('another order')
    expect(() => checkFailures({ ...analysis, failures: [{ rule: 'a', message: 'b' }] })).toThrow('a failed: b')
  })

  it('a fix', async () => {
    const outcome = await fixTree(tree, { unsafe: true })
    expect(outcome.changes).not.toEqual([])
    await checkOutcome(tree, outcome)
    const broken = (forged: FixOutcome) => expect(checkOutcome(tree, forged)).rejects
    await broken(other(outcome, (text) => `${text}RUN true\n`)).toThrow('a line end')
    await broken(other(outcome, (text) => `${text}RNU true\r\n`)).toThrow('cannot be read')
    await broken({ ...outcome, analysis: outcome.before }).toThrow('it is not mended')
  })

  it('a command', () => {
    const input = { files: { Dockerfile: 'FROM a' }, argv: ['lint', '--format', 'json'] }
    checkRan(input, { code: 1, stdout: '{}', stderr: '' })
    expect(() => checkRan(input, { code: 9, stdout: '', stderr: '' })).toThrow('ends with 9')
    expect(() => checkRan(input, { code: 3, stdout: '', stderr: 'no' })).toThrow('failed: no')
    expect(() => checkRan(input, { code: 1, stdout: '', stderr: 'x\n    at f (a.ts:1:1)' })).toThrow('threw')
    expect(() => checkRan(input, { code: 1, stdout: '{', stderr: '' })).toThrow()
  })
})

describe('what breaks a law', () => {
  const picky: Target = {
    name: 'picky',
    inputs: dockerfile.texts.map((text) => ({ files: { Dockerfile: `${text}FROM a\nRUN b <<E\n`, other: 'x' } })),
    obey({ files }) {
      if (/RUN b/.test(String(files.Dockerfile))) throw new Error('there is a b')
    },
  }

  it('is told with its seed, and is made small', async () => {
    const failure = await attempt(picky, { seed: 3, runs: 5 })
    expect(failure).toMatchObject({ target: 'picky', seed: 3, input: { files: { Dockerfile: 'RUN b' } } })
    expect(failure?.reason).toContain('there is a b')
  })

  it('keeps its reason when it is made small', async () => {
    const obey = async (text: string) => {
      if (!text.includes('a')) throw new Error('no a')
      if (text.includes('b')) throw new Error('a b')
    }
    const small = await reduced({ files: { x: '1 a\n2 b\n3 c\n' } }, ({ files }) => obey(String(files.x)))
    expect(small.input.files).toEqual({ x: 'ab' })
  })
})
