import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../src/languages/dockerfile/parse.ts'
import { environmentOf, variablesAt } from '../../../src/languages/dockerfile/scope.ts'
import { scriptText } from '../../../src/languages/dockerfile/script.ts'

const seed = `# escape=\\
ARG V=1
FROM a:\${V} AS b
RUN --mount=type=cache,target=/x a \\
  # c
  && b
RUN <<EOF
x
EOF
ENV A="b c" D=$V
COPY --from=b <<-'F' ["x", "y"] /z
\tf
\tF
CMD ["a", "b\\""]
ONBUILD HEALTHCHECK --interval=3s CMD x || \${A:-\${B#x}}
FROM b
`
const pieces = [
  '\\',
  '`',
  '\n',
  '\r',
  ' ',
  '\t',
  '#',
  '"',
  "'",
  '<<E',
  '\nE\n',
  '$',
  '${',
  '}',
  '[',
  ']',
  '--',
  '=',
  ',',
  '\ufeff',
  '\u0000',
  '\ud83d',
  'FROM ',
  'RUN ',
  'COPY ',
  'ENV ',
  'ONBUILD ',
]

/** A generator of numbers below a limit, the same in every run. */
function numbers(start: number): (limit: number) => number {
  let state = start
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** Everything in `value` that is a span must lie in the text. */
function checkSpans(value: unknown, length: number): void {
  if (typeof value !== 'object' || value === null) return
  if ('start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number') {
    if (value.start < 0 || value.start > value.end || value.end > length)
      expect.fail(`${value.start}-${value.end} of ${length}`)
  }
  for (const [key, part] of Object.entries(value)) if (key !== 'source') checkSpans(part, length)
}

test('any text is read, and its places lie in it', { timeout: 60_000 }, () => {
  const below = numbers(42)
  for (let round = 0; round < 400; round++) {
    let text = seed
    for (let change = below(6); change >= 0; change--) {
      const at = below(text.length + 1)
      text = text.slice(0, at) + (pieces[below(pieces.length * 2)] ?? '') + text.slice(at + below(4))
    }
    const dockerfile = parseDockerfile({ path: 'Dockerfile', text })
    checkSpans({ ...dockerfile, stages: [] }, text.length)
    for (const instruction of dockerfile.instructions) {
      variablesAt(dockerfile, instruction)('A')
      if (!('command' in instruction) || instruction.command?.form !== 'shell') continue
      const { script } = instruction.command
      if (scriptText(instruction.command).length !== script.end - script.start) expect.fail(text)
    }
    for (const stage of dockerfile.stages) environmentOf(dockerfile, stage)
  }
})

describe('large files are read', { timeout: 60_000 }, () => {
  test.each([
    ['10,000 instructions', `FROM a\n${'RUN echo hello\nENV A=$A\n'.repeat(5000)}`],
    ['10,000 stages', 'FROM a AS b\nCOPY --from=b x y\n'.repeat(10000)],
    [
      'a chain of stages',
      Array.from(
        { length: 3000 },
        (_, index) => `FROM s${index} AS s${index + 1}\nENV A${index}=$A${index - 1}\n`,
      ).join(''),
    ],
    ['a long line', `FROM a\nRUN ${'a b '.repeat(1000000)}\n`],
    ['many continuations', `FROM a\nRUN a ${'\\\n # c\n\n b '.repeat(100000)}\n`],
    ['deep substitutions', `FROM a\nENV A=${'${A:-'.repeat(20000)}\n`],
    ['many heredocs', `FROM a\nRUN ${'<<E '.repeat(5000)}\n${'E\n'.repeat(5000)}`],
    ['deep arrays', `FROM a\nCMD ${'['.repeat(100000)}\n`],
    ['many flags', `FROM a\nRUN ${'--mount=type=cache,target=/a '.repeat(20000)} x\n`],
    ['nested ONBUILD', `FROM a\n${'ONBUILD '.repeat(20000)}\n`],
  ])('%s', (_, text) => {
    const dockerfile = parseDockerfile({ path: 'Dockerfile', text })
    const last = dockerfile.instructions.at(-1)
    if (last) expect(variablesAt(dockerfile, last)('A').kind).toBeDefined()
  })
})
