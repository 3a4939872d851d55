import { readFileSync } from 'node:fs'
import { DockerfileParser } from 'dockerfile-ast'
import { describe, expect, test } from 'vitest'
import { corrected, correctedTop, corrections } from '../../../src/languages/dockerfile/outline/corrections.ts'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'

interface Recorded {
  readonly id: string
  readonly dockerfile: string
  readonly error: string | null
  readonly escape?: string
  readonly instructions?: readonly {
    readonly keyword: string
    readonly lines: readonly [number, number]
    readonly flags: readonly string[]
    readonly args: readonly string[]
  }[]
}

const recorded = (file: string): readonly Recorded[] =>
  JSON.parse(readFileSync(new URL(`../../recorded/${file}`, import.meta.url), 'utf8'))
const parted = recorded('dockerfile-ast.json')
const named = (id: string): Recorded => {
  const found = parted.find((one) => one.id === id)
  if (!found) throw new Error(`nothing is recorded of ${id}`)
  return found
}

/** The instructions as BuildKit finds them: their keywords, and the lines on which they begin. */
const byBuildKit = ({ instructions = [] }: Recorded) => instructions.map((one) => [one.keyword, one.lines[0]])
/** The same as dockerfile-ast finds them. */
const byItself = (text: string) =>
  DockerfileParser.parse(text)
    .getInstructions()
    .map((one) => [one.getKeyword(), one.getRange().start.line + 1])

describe('dockerfile-ast and BuildKit find the same instructions', () => {
  test('but in these Dockerfiles', () => {
    const cases = recorded('dockerfile-own.json').filter(({ error }) => error === null)
    const differ = cases.filter((one) => JSON.stringify(byItself(one.dockerfile)) !== JSON.stringify(byBuildKit(one)))
    // All by their escape characters, and 57 by the blanks in a directive's value.
    const ids = ['1', '2', '9', '11', '14', '20', '23', '34', '35', '36', '57', '58', '77']
    expect(differ.map(({ id }) => id)).toEqual(ids)
  })

  test.each(Object.keys(corrections))('not where %s is to be corrected', (name) => {
    expect(byItself(named(name).dockerfile)).not.toEqual(byBuildKit(named(name)))
  })

  test.each(['carriageReturns', 'blanks', 'escapes'])('once %s is corrected', (name) => {
    const { dockerfile } = named(name)
    expect(byItself(corrected(dockerfile, '\\')).map(([, line]) => line)).toEqual(
      byBuildKit(named(name)).map(([, line]) => line),
    )
    expect(corrected(dockerfile, '\\')).toHaveLength(dockerfile.length)
  })

  test.each(['carriageReturns', 'blanks', 'escapes'] as const)('%s is what makes the difference', (name) => {
    expect(byItself(corrections[name](named(name).dockerfile, '\\'))).not.toEqual(byItself(named(name).dockerfile))
  })

  test.each(['directiveBlanks', 'directiveValues'])('once %s is corrected, by the escape directive', (name) => {
    const { dockerfile } = named(name)
    const escapes = (text: string) =>
      DockerfileParser.parse(text)
        .getDirectives()
        .filter((one) => one.getName() === 'escape').length
    expect([escapes(dockerfile), escapes(correctedTop(dockerfile))]).toEqual([0, 1])
    expect(correctedTop(dockerfile)).toHaveLength(dockerfile.length)
  })

  test.each(parted.map((one) => [one.id, one] as const))('once it is asked again: %s', (_, one) => {
    const { instructions } = parseDockerfile({ path: 'Dockerfile', text: one.dockerfile })
    expect(instructions.map(({ keyword }) => keyword)).toEqual(one.instructions?.map(({ keyword }) => keyword))
  })
})

describe('what dockerfile-ast takes for arguments is not what BuildKit does', () => {
  test.each(['words of ENV', 'words of COPY', 'the script of RUN', 'arrays', 'quotes in flags'])('%s', (name) => {
    const theirs = DockerfileParser.parse(named(name).dockerfile).getInstructions().at(-1)
    expect(theirs?.getArguments().map((one) => one.getValue())).not.toEqual(named(name).instructions?.at(-1)?.args)
  })

  test('nor does it always give heredocs', () => {
    const copy = DockerfileParser.parse(`FROM a\nCOPY <<-'F"' b /z\n\tc\n\tF\nUSER d\n`).getCOPYs()[0]
    expect(() => copy?.getHeredocs()).toThrow()
  })
})
