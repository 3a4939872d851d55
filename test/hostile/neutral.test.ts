import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import '../../src/analyze.ts'
import { neutral, neutralJson } from '../../src/text/neutral.ts'
import { type Around, cli, folderOf } from '../cli/cli.ts'

/** What is put into each place: each has a start, so that it can be told where it comes out. */
const attacks = [
  '::error::first',
  'a\u001b[31mred\u001b]0;title\u0007',
  'a\n::error file=x::forged',
  'a\r::warning::forged',
  'a\n  ::set-output name=x::y',
  'a##[error]forged',
  'a##vso[task.complete result=Failed]',
  'a\u009b2Jz',
  'a\u202egnp.exe',
  'a\u2066b\u2069c',
  'a\u200bb\u2060c\ufeffd',
  'a\u2028::error::forged',
  'a\u0085::error::forged',
  'a\u007f\u0008\u000b\u000c',
  'a\u{e0041}\u{e0042}b',
]
const quoted = (text: string) => JSON.stringify(text).replace(/\u007f/g, '\\u007f')

/** Three attacks at a time, one after the other in the same text. */
const joined = Array.from({ length: Math.ceil(attacks.length / 3) }, (_, at) =>
  attacks.slice(3 * at, 3 * at + 3).join(''),
)

/** The places of a project into which a text can be put. */
const places: Readonly<Record<string, (text: string) => Readonly<Record<string, string>>>> = {
  'a rule in the settings': (text) => ({ '.docker-gotchas.yaml': `rules:\n  ${quoted(text)}: off\n` }),
  'a key of the settings': (text) => ({ '.docker-gotchas.yaml': `${quoted(text)}: off\n` }),
  'a service in the settings': (text) => ({ '.docker-gotchas.yaml': `service: ${quoted(text)}\n` }),
  'a baseline in the settings': (text) => ({ '.docker-gotchas.yaml': `baseline: ${quoted(text)}\n` }),
  'a service': (text) => ({ 'compose.yaml': `services:\n  ${quoted(text)}:\n    build: .\n` }),
  'an env_file': (text) => ({ 'compose.yaml': `services:\n  web:\n    build: .\n    env_file: ${quoted(text)}\n` }),
  'a stage and a command': (text) => ({
    Dockerfile: `FROM elixir:1.18 AS ${text}\nENV MIX_ENV=prod\nCOPY . .\nRUN mix release ${text}\nRUN mix assets.deploy\nCMD ["${text}"]\n`,
  }),
  'an instruction': (text) => ({ Dockerfile: `FROM alpine\n${text} x\n` }),
  'a variable': (text) => ({
    'compose.yaml': `services:\n  web:\n    build: .\n    environment:\n      ${quoted(`A${text}`)}: ${quoted(text)}\n`,
  }),
  'an env file': (text) => ({
    'compose.yaml': 'services:\n  web:\n    build: .\n    env_file: prod.env\n',
    'prod.env': `GOOD=${quoted(text)}\n${text}=1\n`,
  }),
  'a raise and a key of the config': (text) => ({
    'config/runtime.exs': `import Config\nconfig :shop, ${quoted(text)}: 1\nraise ${quoted(text)}\n`,
  }),
  'a name of a file': (text) => ({ [`Dockerfile.${text.replace(/[/]/g, '_')}`]: 'FROM alpine\nFORM x\n' }),
  'a comment that ignores': (text) => ({ Dockerfile: `# docker-gotchas ignore=${text} -- why\nFROM alpine\n` }),
}

const base = {
  Dockerfile:
    'FROM elixir:1.18 AS build\nENV MIX_ENV=prod\nCOPY . .\nRUN mix release\nRUN mix assets.deploy\nCMD ["_build/prod/rel/shop/bin/shop", "start"]\n',
  'compose.yaml': 'services:\n  web:\n    build: .\n',
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
  'config/runtime.exs': 'import Config\n',
}

const calls: readonly (readonly string[])[] = [
  ...['tty', 'json', 'sarif'].map((format) => ['lint', '--format', format]),
  ['lint', '--quiet'],
  ['fix', '--diff', '--unsafe'],
  ['fix', '--dry-run'],
  ...['tty', 'json', 'dotenv'].map((format) => ['env', '--format', format]),
  ...['tty', 'json', 'markdown'].map((format) => ['boot', '--format', format]),
  ['boot', '--why', 'shop'],
  ...['tty', 'json', 'mermaid', 'dot', 'html'].map((format) => ['graph', '--format', format]),
  ['explain', 'Dockerfile:1'],
]

const forbidden = /(?![\n\t])\p{Cc}|\p{Bidi_Control}|[\u200b\u2060\ufeff\u2028\u2029]|[\u{e0000}-\u{e007f}]/u
const commandOfCi = /^\s*::|##\[|##vso\[/m

/** What is wrong with an output, if anything. */
function wrongWith(output: string): string | undefined {
  const text = output.replaceAll('\r\n', '\n')
  const found = forbidden.exec(text) ?? commandOfCi.exec(text)
  return found ? JSON.stringify(text.slice(Math.max(0, found.index - 40), found.index + 40)) : undefined
}

describe.each(
  Object.entries(places).map(([name, filesWith], index) => [name, filesWith, index] as const),
)('%s', (_, filesWith, index) => {
  test('comes out neutral of every command and format', async () => {
    for (const [turn, attack] of joined.entries()) {
      const folder = folderOf(base)
      for (const [path, text] of Object.entries(filesWith(attack))) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      // Every second call, so that over the places each is made with each attack.
      for (const call of calls.filter((_, at) => (at + turn + index) % 2 === 0)) {
        const { stdout, stderr } = await cli(folder, call)
        expect([call, attack, wrongWith(stdout), wrongWith(stderr)]).toEqual([call, attack, undefined, undefined])
        expect(stderr.split('\n').filter((line) => /^(clean|error|forged)/.test(line))).toEqual([])
      }
    }
  }, 600_000)
})

test('so do the words of the call', async () => {
  const folder = folderOf(base)
  const ways: readonly ((word: string) => readonly string[])[] = [
    (word) => [word],
    (word) => [`--${word}`],
    (word) => ['lint', word],
    (word) => ['lint', `--${word}`],
    (word) => ['lint', '--rule', word],
    (word) => ['lint', '--format', word],
    (word) => ['lint', '-o', `${word}/x`],
    (word) => ['lint', '--env-file', word],
    (word) => ['lint', '--config', word],
    (word) => ['lint', '--baseline', word],
    (word) => ['fix', word],
    (word) => ['explain', word],
    (word) => ['boot', '--why', word],
    (word) => ['env', word],
    (word) => ['image', word],
    (word) => ['graph', word],
    (word) => ['help', word],
    (word) => ['build', '--fail-on', word, '.'],
    (word) => ['plugin', word],
  ]
  for (const attack of attacks) {
    for (const way of ways) {
      const argv = way(attack.replaceAll('/', '_'))
      const { stdout, stderr } = await cli(folder, argv)
      expect([argv, wrongWith(stdout), wrongWith(stderr)]).toEqual([argv, undefined, undefined])
      expect(stderr.split('\n').filter((line) => line.startsWith('::') || line.startsWith('forged'))).toEqual([])
    }
  }
})

test('colours are ours alone', async () => {
  const folder = folderOf({ ...base, Dockerfile: 'FROM alpine\nRUN \u001b[5m\u001b[8m\u001b[31mx\nFORM \u001b[31m\n' })
  const around: Around = { env: { FORCE_COLOR: '1' } }
  for (const call of calls) {
    const { stdout, stderr } = await cli(folder, call, around)
    for (const code of (stdout + stderr).split('\u001b').slice(1)) expect(code).toMatch(/^\[(0|1|2|36|1;3[1-4])m/)
  }
})

test('a file that is written is neutral as well', async () => {
  const folder = folderOf({ ...base, 'compose.yaml': `services:\n  ${quoted('a\u001b[31m')}:\n    build: .\n` })
  for (const format of ['tty', 'json', 'sarif']) {
    await cli(folder, ['lint', '--format', format, '-o', 'out'])
    expect(wrongWith(readFileSync(join(folder, 'out'), 'utf8'))).toBe(undefined)
  }
})

test('JSON loses nothing', () => {
  for (const attack of attacks) expect(JSON.parse(neutralJson(JSON.stringify([attack])))).toEqual([attack])
})

test('what is harmless stays', () => {
  const harmless = 'a\tb\r\nc: ::d ü 日本語 👩‍👩‍👧 نص\n#[x] ##\n'
  expect(neutral(harmless)).toBe(harmless)
})

test('the text of the standard input is printed as it is by `fix`', async () => {
  const text = 'FROM alpine\r\n# \u001b[31m ::error::\r\n'
  const { stdout } = await cli(folderOf({}), ['fix', '-'], { stdin: text })
  expect(stdout).toBe(text)
})
