import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import { environmentOf, variablesAt } from '../../../src/languages/dockerfile/scope.ts'
import { baseOf, baseStageOf, stageNamed } from '../../../src/languages/dockerfile/stages.ts'
import { type Known, known, unset } from '../../../src/text/known.ts'
import { placeName } from '../../../src/text/source.ts'

const read = (text: string) => parseDockerfile({ path: 'Dockerfile', text })
const brief = (value: Known<string>) => (value.kind === 'known' ? value.value : `(${value.kind})`)
const given = (args: Readonly<Record<string, string>>) =>
  new Map(Object.entries(args).map(([name, value]) => [name, known(value)]))

/** The value of `name` at the last instruction. */
function valueAtEnd(text: string, name: string, args: Readonly<Record<string, string>> = {}): string {
  const dockerfile = read(text)
  const last = dockerfile.instructions.at(-1)
  if (!last) throw new Error('empty')
  return brief(variablesAt(dockerfile, last, given(args))(name))
}

describe('variables', () => {
  test.each([
    ['a global ARG is not seen in a stage', 'ARG V=1\nFROM scratch\nRUN x', 'V', {}, '(unset)'],
    ['but after a bare ARG', 'ARG V=1\nFROM scratch\nARG V\nRUN x', 'V', {}, '1'],
    ['and by FROM', 'ARG V=1\nFROM a:$V', 'V', {}, '1'],
    ['a stage has its own default', 'ARG V=1\nFROM scratch\nARG V=2\nRUN x', 'V', {}, '2'],
    ['a build argument goes before defaults', 'ARG V=1\nFROM scratch\nARG V=2\nRUN x', 'V', { V: '3' }, '3'],
    ['a build argument needs an ARG', 'FROM scratch\nRUN x', 'V', { V: '3' }, '(unset)'],
    ['an ARG counts only below it', 'FROM scratch\nRUN x\nARG V=2', 'V', {}, '(unset)'],
    ['ENV after ARG counts', 'FROM scratch\nARG V=1\nENV V=2\nRUN x', 'V', { V: '3' }, '2'],
    ['ENV takes its value from ARG', 'FROM scratch\nARG V=1\nENV V=${V}x\nRUN x', 'V', { V: '3' }, '3x'],
    ['the pairs of an ENV do not see each other', 'FROM scratch\nENV A=1\nENV A=2 B=$A\nRUN x', 'B', {}, '1'],
    ['those of an ARG do', 'FROM scratch\nARG A=2 B=$A\nRUN x', 'B', {}, '2'],
    ['stages inherit ENV', 'FROM scratch AS a\nENV V=1\nFROM a\nRUN x', 'V', {}, '1'],
    ['and ARG', 'FROM scratch AS a\nARG V=1\nFROM a\nRUN x', 'V', {}, '1'],
    ['but not from other stages', 'FROM scratch AS a\nENV V=1\nFROM scratch\nRUN x', 'V', {}, '(unset)'],
    ['an image may set anything', 'FROM registry.example.com/elixir\nRUN x', 'V', {}, '(unknown)'],
    ['unless it is one that is known', 'FROM elixir:1.18\nRUN x', 'V', {}, '(unset)'],
    ['which sets its versions', 'FROM hexpm/elixir:1.18\nRUN x', 'ELIXIR_VERSION', {}, '(unknown)'],
    ['an ARG without a value is unset', 'FROM elixir\nARG V\nRUN x', 'V', {}, '(unset)'],
    ['the platform is unknown', 'FROM scratch\nARG TARGETARCH\nRUN x', 'TARGETARCH', {}, '(unknown)'],
    ['and not in scope without an ARG', 'FROM scratch\nRUN x', 'TARGETARCH', {}, '(unset)'],
    ['what is made of it is unknown', 'FROM scratch\nARG TARGETARCH\nENV V=x-$TARGETARCH\nRUN x', 'V', {}, '(unknown)'],
    [
      'unless it is not needed',
      'FROM scratch\nARG TARGETARCH\nENV A=1 V=${A:-$TARGETARCH}\nENV V=${A:-$TARGETARCH}\nRUN x',
      'V',
      {},
      '1',
    ],
    ['quotes are taken away', 'FROM scratch\nENV V="a b"\\ c\nRUN x', 'V', {}, 'a b c'],
    ['ONBUILD acts in the next stage', 'FROM scratch AS a\nONBUILD ENV V=1\nFROM a\nRUN x', 'V', {}, '1'],
    ['and not in its own', 'FROM scratch AS a\nONBUILD ENV V=1\nRUN x', 'V', {}, '(unset)'],
    [
      'the path of scratch',
      'FROM scratch\nENV PATH=/app/bin:$PATH\nRUN x',
      'PATH',
      {},
      '/app/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    ],
  ])('%s', (_, text, name, args, expected) => {
    expect(valueAtEnd(text, name, args)).toBe(expected)
  })

  test('the trail leads to where a value comes from', () => {
    const dockerfile = read('ARG V=1\nFROM scratch AS a\nARG V\nENV W=$V\nFROM a\nRUN x')
    const last = dockerfile.instructions.at(-1)
    const { trail } = last ? variablesAt(dockerfile, last)('W') : unset()
    expect(trail.map((label) => [placeName(label.span), label.text])).toEqual([
      ['Dockerfile:1', '`V` has this default'],
      ['Dockerfile:3', '`V` is taken into the stage here'],
      ['Dockerfile:4', '`W` is set here'],
    ])
  })

  test('what a container sees is ENV, not ARG', () => {
    const dockerfile = read('FROM scratch AS a\nENV V=1 W=2\nARG V=9 Z=8\nFROM a\nENV W=3 X=$V\nARG V=7\nRUN x')
    const last = dockerfile.instructions.at(-1)
    const target = dockerfile.stages.at(-1)
    if (!last || !target) throw new Error('empty')
    const after = variablesAt(dockerfile, last, new Map(), 'env-after')
    expect(['V', 'W', 'X', 'Z'].map((name) => brief(after(name)))).toEqual(['1', '3', '1', '(unset)'])
    expect(
      [...environmentOf(dockerfile, target)].map(([name, { value, span }]) => [name, brief(value), placeName(span)]),
    ).toEqual([
      ['V', '1', 'Dockerfile:2'],
      ['W', '3', 'Dockerfile:5'],
      ['X', '1', 'Dockerfile:5'],
    ])
  })
})

/** Recorded from BuildKit 0.34.2's own conversion: what the last RUN sees, and the image's environment; without PATH. */
describe('as BuildKit', () => {
  test.each([
    ['FROM scratch\nENV V=1\nARG V=2\nRUN x', { V: '2' }, { V: '1' }],
    [
      'FROM scratch AS a\nENV V=1 W=2\nARG V=9 Z=8\nFROM a\nENV W=3 X=$V\nARG V=7\nRUN x',
      { Z: '8', W: '3', X: '1', V: '7' },
      { V: '1', W: '3', X: '1' },
    ],
    ['ARG V=1\nFROM scratch\nENV V=0\nARG V\nENV Y=$V\nRUN x', { V: '1', Y: '1' }, { V: '0', Y: '1' }],
    ['FROM scratch\nENV V=0\nARG V\nENV Y=$V\nRUN x', { V: '0', Y: '0' }, { V: '0', Y: '0' }],
    ['FROM scratch AS a\nARG V=5\nFROM a\nENV Y=$V\nRUN x', { V: '5', Y: '5' }, { Y: '5' }],
    ['FROM scratch AS a\nARG V=5\nENV V=4\nFROM a\nARG V\nENV Y=$V\nRUN x', { V: '4', Y: '4' }, { V: '4', Y: '4' }],
    [
      'FROM scratch AS a\nONBUILD ENV V=1\nONBUILD ARG Q=3\nFROM a AS b\nENV Y=$V$Q\nFROM b\nRUN x',
      { Q: '3', V: '1', Y: '13' },
      { V: '1', Y: '13' },
    ],
    [
      'FROM scratch\nARG A=2 B=$A\nENV A=1\nENV A=2 B=$A\nENV $A=x\nRUN x',
      { A: '2', B: '1', 2: 'x' },
      { A: '2', B: '1', 2: 'x' },
    ],
    [
      'FROM scratch AS a\nENV V=1\nARG V=2\nFROM a AS b\nFROM b\nENV Y=$V\nRUN x',
      { V: '1', Y: '1' },
      { V: '1', Y: '1' },
    ],
    ['FROM scratch\nENV A="x y" B=\\$A C=${A:-z}\nRUN x', { A: 'x y', B: '$A', C: 'z' }, { A: 'x y', B: '$A', C: 'z' }],
  ])('%j', (text, seen, image) => {
    const dockerfile = read(text)
    const last = dockerfile.instructions.at(-1)
    const target = dockerfile.stages.at(-1)
    if (!last || !target) throw new Error('empty')
    const lookup = variablesAt(dockerfile, last)
    expect(Object.fromEntries(Object.keys(seen).map((name) => [name, brief(lookup(name))]))).toEqual(seen)
    expect(
      Object.fromEntries([...environmentOf(dockerfile, target)].map(([name, { value }]) => [name, brief(value)])),
    ).toEqual(image)
  })
})

describe('stages', () => {
  const dockerfile = read(
    'ARG BASE=builder\nFROM elixir AS Builder\nFROM ${BASE} AS tests\nFROM alpine:$NOPE\nCOPY --from=0 a b\n',
  )
  const [builder, tests, last] = dockerfile.stages

  test('FROM another stage, by any case and by variables', () => {
    expect(tests && baseStageOf(dockerfile, tests)).toBe(builder)
    expect(builder && baseStageOf(dockerfile, builder)).toBeUndefined()
    expect(tests && baseOf(dockerfile, tests, given({ BASE: 'alpine' }))).toMatchObject({
      kind: 'image',
      image: { value: 'alpine' },
    })
    expect(last && baseStageOf(dockerfile, last)).toBeUndefined()
  })

  test.each([
    ['0', 'builder'],
    ['BUILDER', 'builder'],
    ['tests', 'tests'],
    ['2', undefined],
    ['elixir', undefined],
  ])('--from=%s in the last stage', (reference, name) => {
    expect(stageNamed(dockerfile, reference, last)?.name).toBe(name)
  })
})
