import { describe, expect, it } from 'vitest'
import { type Analysis, analyze } from '../src/analyze.ts'
import { discover } from '../src/files/discover.ts'
import { memoryHost } from '../src/files/memory.ts'
import { fixTree } from '../src/fix.ts'
import { checkDamaged } from './fuzz/laws/damaged.ts'
import { samples } from './projects.ts'

const shop = {
  ...samples.find(({ name }) => name === 'mended-shop')?.texts,
  'shop.env': 'LOG_FORMAT=json\nSHOP_NAME="the shop"\n',
}
const texts: Readonly<Record<string, string>> = {
  ...shop,
  'compose.yaml': (shop['compose.yaml' as keyof typeof shop] ?? '').replace(
    '    build: .\n',
    '    build: .\n    env_file: shop.env\n',
  ),
}

const read = async (files: Readonly<Record<string, string | Uint8Array>>) => analyze(await discover(memoryHost(files)))
const changed = (path: string, change: (text: string) => string | Uint8Array) => ({
  ...texts,
  [path]: change(texts[path] ?? ''),
})

/** Puts `piece` in front of the first place where `before` stands. */
const put = (before: string, piece: string) => (text: string) => text.replace(before, () => piece + before)
const without = (part: string) => (text: string) => text.replace(part, '')
const upTo = (part: string) => (text: string) => text.slice(0, text.indexOf(part) + part.length)
const asUtf16 = (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))
const conflicting = (text: string) => `${text}<<<<<<< HEAD\n=======\n>>>>>>> theirs\n`
const everywhere = { 'UTF-16': asUtf16, 'a NUL': put('e', '\0'), 'a merge conflict': conflicting }

const damages: Readonly<Record<string, Readonly<Record<string, (text: string) => string | Uint8Array>>>> = {
  Dockerfile: {
    ...everywhere,
    'a word that is no instruction': put('WORKDIR', 'oops '),
    'a quote without end': put('mix release', '"'),
    'a heredoc without end': put('mix release', 'cat <<EOF; '),
    'a cut before the arguments': upTo('COPY --from=builder'),
    'an && with nothing behind it': (text) => text.replace('RUN mix release', 'RUN mix release &&'),
    'a JSON array of other things': (text) => text.replace(/^CMD .*$/m, 'CMD ["/app/bin/server", 1]'),
    'a bracket in the shell': put('mix release', '( '),
  },
  'compose.yaml': {
    ...everywhere,
    'a tab': put('    ports:', '\t'),
    'a quote without end': put('shop.acme-tools.org', '"'),
    'one blank too few': (text) => text.replace('    ports:', '   ports:'),
    'a bracket without end': put('LOG_LEVEL: info', 'A: ['),
    'a variable without end': put('shop.acme-tools.org', '${'),
    'a key that is none': put('ports:', 'x'),
    'a cut in a quote': (text) => `${upTo('PHX_HOST: ')(text)}"shop`,
  },
  'shop.env': {
    ...everywhere,
    'a quote without end': without('shop"'),
    'a blank in a name': put('_NAME', ' '),
    'a sign in a name': put('_NAME', '!'),
    'a variable without end': put('json', '${'),
    'a bracket in a name': put('_NAME', '('),
  },
  'config/runtime.exs': {
    ...everywhere,
    'an end too few': (text) => text.trimEnd().replace(/end$/, ''),
    'a quote without end': put('PHX_HOST', '"'),
    'a bracket without end': put('config :logger', '['),
    'a heredoc without end': without('"""'),
    'a cut': upTo('System.get_env('),
    'an end too many': (text) => `${text}end\n`,
    'a lost do': without(' do'),
  },
  'lib/shop/release.ex': {
    ...everywhere,
    'an end too few': (text) => text.trimEnd().replace(/end$/, ''),
    'a quote without end': put('@app', '"'),
    'a bracket without end': put('@app', '['),
    'a cut': upTo('def '),
    'an end too many': (text) => `${text}end\n`,
    'a lost do': without(' do'),
  },
  'mix.exs': {
    ...everywhere,
    'an end too few': (text) => text.trimEnd().replace(/end$/, ''),
    'a quote without end': put('app:', '"'),
    'a bracket without end': put('app:', '['),
    'a cut': upTo('deps: '),
    'an end too many': (text) => `${text}end\n`,
    'a lost do': without(' do'),
  },
  '.dockerignore': {
    ...everywhere,
    'a bracket without end': (text) => `${text}[a\n`,
    'an exception from nothing': (text) => `${text}!\n`,
  },
  'docker/entrypoint.sh': {
    'a merge conflict': conflicting,
    'a quote without end': (text) => `${text}echo "done\n`,
    'an if without end': (text) => `${text}if true; then\n`,
    'a bracket without end': (text) => `${text}(\n`,
    'a fi too many': (text) => `${text}fi\n`,
    'an && with nothing behind it': (text) => `${text}true &&\n`,
    'a done too many': (text) => `${text}done\n`,
    'a substitution without end': (text) => `${text}A=$(date\n`,
  },
}

let whole: Promise<Analysis> | undefined
const before = () => {
  whole ??= read(texts)
  return whole
}

describe.each(Object.keys(damages))('%s, damaged by', (path) => {
  it.each(Object.entries(damages[path] ?? {}))('%s, proves nothing', async (_, damage) => {
    const after = await read(changed(path, damage))
    expect(checkDamaged(await before(), after, path)).toBe(true)
  })
})

describe('a file that cannot be read', () => {
  const broken = changed('Dockerfile', put('WORKDIR', 'oops '))

  it('is told of whatever rules are asked, unless it is left out itself', async () => {
    const tree = await discover(memoryHost(broken))
    const told = async (options: Parameters<typeof analyze>[1]) =>
      (await analyze(tree, options)).diagnostics.map(({ rule }) => rule)
    expect(await told({ rules: ['server-off'] })).toEqual(['dockerfile-syntax'])
    expect(await told({ rules: ['server-off'], ignore: ['dockerfile-syntax'] })).toEqual([])
  })

  it('is not mended', async () => {
    const whole = samples.find(({ name }) => name === 'first-deploy')?.texts ?? {}
    const changes = async (files: typeof whole) =>
      (await fixTree(await discover(memoryHost(files)), { unsafe: true })).changes.map(({ path }) => path)
    expect(await changes(whole)).toContain('Dockerfile')
    const broken = { ...whole, Dockerfile: put('WORKDIR', 'oops ')(whole.Dockerfile ?? '') }
    expect(await changes(broken)).not.toContain('Dockerfile')
  })

  it('fails no run where it has no part in production', async () => {
    const files = {
      ...texts,
      'test/fixtures/Dockerfile': 'FORM alpine\n',
      'config/test.exs': 'import Config\nconfig [\n',
    }
    const { diagnostics } = await read(files)
    expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual(
      (await before()).diagnostics.filter(({ severity }) => severity !== 'info'),
    )
    expect(diagnostics.map(({ span }) => span.source.path)).toEqual(
      expect.arrayContaining(['config/test.exs', 'test/fixtures/Dockerfile']),
    )
  })

  it('is said to be in a merge conflict', async () => {
    const [first] = (await read(changed('compose.yaml', conflicting))).diagnostics
    expect(first).toMatchObject({
      rule: 'compose-syntax',
      message: 'this is the mark of a merge conflict: `<<<<<<< HEAD`',
    })
  })
})
