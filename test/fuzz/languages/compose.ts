import fc from 'fast-check'
import { loadCompose } from '../../../src/languages/compose/read.ts'
import { closedShell, openShell } from '../../../src/languages/compose/shell.ts'
import { loadYaml } from '../../../src/languages/yaml/load.ts'
import type { Source } from '../../../src/text/source.ts'
import type { Language } from '../language.ts'
import { many, maybe, odd, one, quoted, some, text, value, variable, word } from '../words.ts'

const words: readonly string[] = [
  ...[
    'services:\n',
    'build:',
    'image:',
    'environment:',
    'env_file:',
    'ports:',
    'healthcheck:',
    'depends_on:',
    'command:',
    'extends:',
  ],
  ...[
    'include:',
    'profiles:',
    'secrets:',
    'configs:',
    'volumes:',
    'deploy:',
    'x-a: &a',
    '<<: *a',
    '*a',
    '&a ',
    '!reset ',
    '!override ',
  ],
  ...[
    '!!str ',
    '---\n',
    '...\n',
    '|\n',
    '>-\n',
    '? ',
    '- ',
    '{',
    '}',
    '[',
    ']',
    '~',
    'null',
    'yes',
    '"4000:4000"',
    '${A:?b}',
    '$$',
  ],
]

const key = one(
  ...[
    'build',
    'image',
    'environment',
    'env_file',
    'ports',
    'healthcheck',
    'depends_on',
    'command',
    'entrypoint',
    'extends',
    'profiles',
  ],
  ...[
    'secrets',
    'configs',
    'volumes',
    'deploy',
    'context',
    'dockerfile',
    'dockerfile_inline',
    'target',
    'args',
    'test',
    'interval',
  ],
  ...[
    'file',
    'service',
    'path',
    'required',
    'format',
    'user',
    'init',
    'labels',
    'expose',
    'ulimits',
    'networks',
    'x-a',
    '<<',
    'scale',
  ],
)
const scalar = fc.oneof(
  quoted,
  value,
  one('*a', '!reset null', '!override [x]', '~', 'true', '1.5', '10s', '&a x', '! x', '2001-01-01'),
)

/** The lines of a node, all indented alike but for the first. */
const node: fc.Arbitrary<readonly string[]> = fc.letrec<{ readonly node: readonly string[] }>((tie) => {
  const under = (head: string, inner: readonly string[]) =>
    inner.length === 1 ? [`${head} ${inner[0]}`] : [head, ...inner.map((line) => `  ${line}`)]
  const entry = (label: fc.Arbitrary<string>) => fc.tuple(label, tie('node')).map(([head, inner]) => under(head, inner))
  const entries = (label: fc.Arbitrary<string>) =>
    fc.array(entry(label), { minLength: 1, maxLength: 5 }).map((all) => all.flat())
  return {
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar.map((line) => [line]),
      entries(text`${key}:`),
      entries(text`${variable}:`),
      entries(fc.constant('-')),
      many(text`- ${variable}=${quoted}`, '\n').map((all) => all.split('\n')),
      text`[${some(scalar, ', ')}]`.map((line) => [line]),
      text`{${some(text`${key}: ${scalar}`, ', ')}}`.map((line) => [line]),
      fc
        .tuple(one('|', '>', '|-', '>+', '|2'), fc.array(value))
        .map(([head, all]) => [head, ...all.map((line) => ` ${line}`)]),
      odd.map((line) => [line]),
    ),
  }
}).node

const section = fc
  .tuple(
    text`${one('web', 'db', 'worker', 'a', '__proto__')}:`,
    fc.array(fc.tuple(text`${key}:`, node), { maxLength: 5 }),
  )
  .map(([name, all]) => [
    name,
    ...all.flatMap(([head, inner]) =>
      inner.length === 1 ? [`  ${head} ${inner[0]}`] : [`  ${head}`, ...inner.map((line) => `    ${line}`)],
    ),
  ])
const top = fc.tuple(
  maybe(text`x-a: &a ${scalar}\n`),
  one('services:', 'services:', 'services: &a', 'include:', 'volumes:'),
  fc.array(section, { maxLength: 3 }),
  maybe(text`\n${one('secrets', 'networks', 'name', 'include', 'x')}: ${scalar}`),
)

const shells = [openShell(), closedShell({ A: 'x', PORT: '4000' })]

/** The YAML, and what Compose makes of it where a second file and an env file stand beside it. */
function read(source: Source): readonly unknown[] {
  const files = new Map([
    [source.path, source],
    ['.env', { path: '.env', text: 'A=b\nFOO="x${A}"\n' }],
  ])
  const projects = shells.map((shell) =>
    loadCompose({
      read: (path) => files.get(path),
      workingDirectory: '',
      rootName: 'shop',
      configFiles: [source.path],
      shell,
      allServices: true,
    }),
  )
  return [loadYaml(source), ...projects]
}

/** Compose files. */
export const compose: Language = {
  name: 'compose',
  paths: ['compose.yaml', 'docker-compose.prod.yml'],
  texts: fc.oneof(
    {
      weight: 5,
      arbitrary: top.map(
        ([before, head, all, after]) =>
          `${before}${head}\n${all
            .flat()
            .map((line) => `  ${line}\n`)
            .join('')}${after}`,
      ),
    },
    text`services:\n  web:\n    environment: ${word}\n    command: ${quoted}\n    ${key}: ${scalar}\n`,
  ),
  words,
  read,
}
