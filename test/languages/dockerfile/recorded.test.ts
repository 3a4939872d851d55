import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import type { Instruction } from '../../../src/languages/dockerfile/types.ts'
import { textOf } from '../../../src/text/source.ts'

interface RecordedInstruction {
  readonly keyword: string
  readonly lines: readonly [number, number]
  readonly flags: readonly string[]
  readonly args: readonly string[]
  readonly heredocs: readonly {
    readonly name: string
    readonly expand: boolean
    readonly chomp: boolean
    readonly content: string
  }[]
}

interface Recorded {
  readonly id: string
  readonly dockerfile: string
  readonly error: string | null
  readonly refused?: string | null
  readonly instructions?: readonly RecordedInstruction[]
}

/** The arguments as BuildKit's parser lists them; undefined where ours are kept in another form. */
function argumentsOf(instruction: Instruction): readonly (string | undefined)[] | undefined {
  switch (instruction.keyword) {
    case 'RUN':
    case 'CMD':
    case 'ENTRYPOINT': {
      const { command, heredocs } = instruction
      if (command.form === 'exec') return command.argv.map((word) => word.text)
      if (command.omitted.length > 0 || heredocs.length > 0) return undefined
      return [textOf(command.script)].filter((text) => text !== '')
    }
    case 'COPY':
    case 'ADD':
      return instruction.files.length > 0
        ? undefined
        : [...instruction.sources, instruction.destination].map((word) => word.text)
    case 'ARG':
      return instruction.pairs.map((pair) => (pair.value === undefined ? pair.name : `${pair.name}=${pair.value}`))
    case 'EXPOSE':
      return instruction.ports.map((word) => word.text)
    case 'VOLUME':
      return instruction.paths.map((word) => word.text)
    case 'SHELL':
      return instruction.argv.map((word) => word.text)
    case 'ONBUILD':
      return [instruction.trigger.keyword]
    case 'USER':
    case 'WORKDIR':
    case 'STOPSIGNAL':
    case 'MAINTAINER':
      return [instruction.word.text]
    default:
      return undefined
  }
}

const cases: readonly Recorded[] = ['dockerfile-own.json', 'dockerfile-ast.json'].flatMap((file) =>
  JSON.parse(readFileSync(new URL(`../../recorded/${file}`, import.meta.url), 'utf8')),
)

/** The line of an offset, as BuildKit counts. */
const lineOf = (text: string, offset: number) => text.slice(0, offset).split('\n').length

describe('Dockerfiles as BuildKit reads them', () => {
  test.each(cases)('$id', ({ dockerfile, error, refused, instructions }) => {
    const read = parseDockerfile({ path: 'Dockerfile', text: dockerfile })
    const names = read.problems.map((problem) => problem.message)
    if (error !== null) return expect(names).not.toEqual([])
    if (refused) expect(names).not.toEqual([])
    expect(read.instructions.map((one) => (one.keyword === 'UNKNOWN' ? one.name : one.keyword))).toEqual(
      instructions?.map((one) => one.keyword),
    )
    for (const [index, instruction] of read.instructions.entries()) {
      const recorded = instructions?.[index]
      const inner = instruction.keyword === 'ONBUILD' ? instruction.trigger : instruction
      const args = argumentsOf(instruction)
      expect(
        instruction.flags.map((flag) => `--${flag.name}${flag.value === undefined ? '' : `=${flag.value}`}`),
      ).toEqual(recorded?.flags)
      if (args && !refused) expect(args).toEqual(recorded?.args)
      const heredocs = inner.heredocs.map((one) => ({
        chomp: one.stripTabs,
        content: textOf(one.bodySpan),
        expand: !one.quoted,
        name: one.delimiter,
      }))
      expect(heredocs).toEqual(recorded?.heredocs)
      const [first, last] = recorded?.lines ?? [0, 0]
      expect(lineOf(dockerfile, instruction.span.start)).toBeGreaterThanOrEqual(first)
      expect(lineOf(dockerfile, instruction.span.end)).toBeLessThanOrEqual(last)
    }
  })
})
