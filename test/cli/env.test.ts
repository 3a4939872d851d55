import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { JsonComparison, JsonEnvironments, JsonEnvVariable } from '../../src/report/env/json.ts'
import { type Around, cli, folderOf } from './cli.ts'
import { shop } from './shop.ts'

const json = async (root: string, args: readonly string[], around: Around = {}) => {
  const { code, stdout } = await cli(root, ['env', '--format', 'json', ...args], around)
  const { services, errors }: JsonEnvironments = JSON.parse(stdout)
  const service = (name: string) => services.find((one) => one.name === name)
  return { code, stdout, names: services.map(({ name }) => name), service, errors }
}

const placesOf = (variable: JsonEnvVariable | undefined) =>
  variable?.trail.map(({ file, line, message }) => `${file}:${line} ${message}`)

describe('what a service gets', () => {
  test('is what Compose gives it, and `effective` what the app sees', async () => {
    const { service, names, code } = await json(folderOf(shop), ['--show-secrets'])
    expect(names).toEqual(['web', 'db'])
    expect(code).toBe(1)
    const web = service('web')
    expect(web?.environment).toEqual({
      PHX_HOSTS: 'typo.example.org',
      DEV_ONLY: '1',
      MAIL_API_KEY: 'abcdefgh12345678',
      PHX_HOST: 'shop.example.org',
      DB_PASSWORD: 'hunter2-hunter2',
      SHELL_ONLY: null,
    })
    const states = Object.entries(web?.effective ?? {}).map(([name, { state, value }]) => [name, state, value])
    expect(states).toEqual([
      ['DATABASE_URL', 'known', 'ecto://shop:hunter2-hunter2@db/shop'],
      ['DB_PASSWORD', 'known', 'hunter2-hunter2'],
      ['DEV_ONLY', 'known', '1'],
      ['LANG', 'known', 'en_US.UTF-8'],
      ['MAIL_API_KEY', 'known', 'abcdefgh12345678'],
      ['MAIL_FROM', 'unset', null],
      ['PHX_HOST', 'known', 'shop.example.org'],
      ['PHX_HOSTS', 'known', 'typo.example.org'],
      ['PHX_SERVER', 'known', 'true'],
      ['PORT', 'unset', null],
      ['RELEASE_DISTRIBUTION', 'known', 'name'],
      ['SECRET_KEY_BASE', 'unset', null],
      ['SHELL_ONLY', 'unknown', null],
    ])
  })

  test('has a trail through every file that had a part', async () => {
    const { service } = await json(folderOf(shop), [])
    const { effective } = service('web') ?? {}
    expect(placesOf(effective?.DATABASE_URL)).toEqual([
      '.env:1 `DB_PASSWORD` is set here',
      'compose.yaml:7 `DB_PASSWORD` is put in here',
      'compose.yaml:7 `DB_PASSWORD` is set here',
      'docker/entrypoint.sh:3 `DATABASE_URL` is set here',
      'config/runtime.exs:4 `DATABASE_URL` is read here',
    ])
    expect(placesOf(effective?.PHX_HOST)).toEqual([
      'Dockerfile:8 the value of the image is overridden',
      'compose.yaml:6 `PUBLIC_HOST` falls back to its default, unless the shell sets it',
      'compose.yaml:6 `PHX_HOST` is set here',
      'config/runtime.exs:6 `PHX_HOST` is read here',
    ])
    expect(placesOf(effective?.PHX_SERVER)).toEqual([
      'rel/env.sh.eex:3 `PHX_SERVER` is set here',
      'config/runtime.exs:10 `PHX_SERVER` is read here',
    ])
    expect(placesOf(effective?.MAIL_API_KEY)?.at(-1)).toBe(
      'config/prod.exs:2 `MAIL_API_KEY` is read here, when the release is built',
    )
  })

  test('is marked where nobody gives or reads it', async () => {
    const { service, errors } = await json(folderOf(shop), [])
    const last = (name: string) => service('web')?.effective[name]?.trail.at(-1)?.message
    expect(last('PHX_HOSTS')).toBe('nothing here reads `PHX_HOSTS`; did you mean `PHX_HOST`?')
    expect(last('DEV_ONLY')).toBe('nothing here reads `DEV_ONLY`')
    expect(last('MAIL_FROM')).toBe('the app reads `MAIL_FROM`, and nobody here gives it')
    expect(last('PORT')).toBe('the app takes `4000` where `PORT` is not set')
    expect(errors).toEqual([
      {
        message: 'the app stops without `SECRET_KEY_BASE`, and nobody gives it to `web`',
        file: 'config/runtime.exs',
        line: 5,
        column: 21,
      },
    ])
    expect(service('db')?.effective.POSTGRES_PASSWORD?.trail.at(-1)?.message).toBe('`POSTGRES_PASSWORD` is set here')
  })

  test('shows every variable that is missing, not only the first at which the app stops', async () => {
    const bare = { ...shop, 'docker/entrypoint.sh': '#!/bin/sh\nexec "$@"\n' }
    const { errors } = await json(folderOf(bare), [])
    expect(errors.map(({ message }) => message.split('`')[1])).toEqual(['DATABASE_URL', 'SECRET_KEY_BASE'])
  })

  test('follows the conditions and defaults of the start script', async () => {
    const script = `#!/bin/sh
if [ -z "$PORT" ]; then export PORT=4000; fi
[ -n "$PHX_HOST" ] && export HAS_HOST=yes
if [ -f /tmp/x ]; then export MAYBE=1; fi
: "\${POOL_SIZE:=10}"
export POOL_SIZE
POOL_COUNT=2
export NAMED="\${NAMED:-7}"
export DATABASE_URL="$(cat /run/secrets/db)"
exec "$@"
`
    const root = folderOf({ ...shop, 'docker/entrypoint.sh': script, 'web.conf': 'PORT=5000\nSECRET_KEY_BASE=x\n' })
    const { service, code } = await json(root, ['web'])
    const { effective = {} } = service('web') ?? {}
    const seen = ['PORT', 'HAS_HOST', 'MAYBE', 'POOL_SIZE', 'POOL_COUNT', 'NAMED', 'DATABASE_URL'].map((name) => [
      name,
      effective[name]?.state,
      effective[name]?.value,
    ])
    expect(seen).toEqual([
      ['PORT', 'known', '5000'],
      ['HAS_HOST', 'known', 'yes'],
      ['MAYBE', 'unknown', null],
      ['POOL_SIZE', 'known', '10'],
      ['POOL_COUNT', undefined, undefined],
      ['NAMED', 'known', '7'],
      ['DATABASE_URL', 'unknown', null],
    ])
    expect(code).toBe(0)
  })
})

describe('the shell', () => {
  const env = { SHELL_ONLY: 'from the shell', PUBLIC_HOST: 'www.example.org', SECRET_KEY_BASE: 'not passed on' }

  test('counts with --from-environment only', async () => {
    const root = folderOf(shop)
    const without = await json(root, [], { env })
    expect((await json(root, [])).stdout).toBe(without.stdout)
    const { service } = await json(root, ['--from-environment'], { env })
    expect(service('web')?.environment).toMatchObject({ SHELL_ONLY: 'from the shell', PHX_HOST: 'www.example.org' })
    expect(service('web')?.effective.SECRET_KEY_BASE?.state).toBe('unset')
  })

  test('that is not here: its values are unknown, and Compose would see it empty', async () => {
    const compose =
      'services:\n  web:\n    image: x\n    environment:\n      A: "${A:?say it}"\n      B: "b${B}"\n      C: "${C-c}"\n'
    const root = folderOf({ 'compose.yaml': compose })
    const { service, errors, code } = await json(root, [])
    expect(service('web')?.environment).toEqual({ A: '', B: 'b', C: 'c' })
    const { effective } = service('web') ?? {}
    expect([effective?.A?.state, effective?.B?.state, effective?.C?.value]).toEqual(['unknown', 'unknown', 'c'])
    expect({ errors, code }).toEqual({ errors: [], code: 0 })
    const known = await json(root, ['--from-environment'])
    expect(known.errors).toMatchObject([{ file: 'compose.yaml', line: 5 }])
    expect(known.code).toBe(1)
    expect((await cli(root, ['env'])).stdout).toContain('Compose stops unless the shell sets `A`')
  })
})

describe('secrets', () => {
  test.each([['tty'], ['json'], ['dotenv']])('are masked as %s', async (format) => {
    const root = folderOf(shop)
    const hidden = await cli(root, ['env', '--format', format])
    expect(hidden.stdout + hidden.stderr).not.toMatch(/hunter2-|abcdefgh1/)
    expect(hidden.stdout).toContain('hun············')
    const shown = await cli(root, ['env', '--format', format, '--show-secrets'])
    expect(shown.stdout).toContain('ecto://shop:hunter2-hunter2@db/shop')
  })

  test('are masked in errors as well', async () => {
    const compose =
      'services:\n  web:\n    image: x\n    environment:\n      API_TOKEN: abcdefgh1234\n      A: ${A:?not abcdefgh1234}\n'
    const { stdout } = await cli(folderOf({ 'compose.yaml': compose }), ['env', '--from-environment'])
    expect(stdout).toContain('error: ')
    expect(stdout).not.toContain('abcdefgh1234')
  })
})

describe('what is named', () => {
  test('a folder, a compose file, services', async () => {
    const root = folderOf({
      'shop/compose.yaml': shop['compose.yaml'],
      'shop/.env': shop['.env'],
      'shop/web.conf': 'A=1\n',
    })
    expect((await json(root, ['shop'])).names).toEqual(['web', 'db'])
    expect((await json(root, ['shop/compose.yaml', 'db'])).names).toEqual(['db'])
    expect((await json(join(root, 'shop'), ['db', 'web'])).names).toEqual(['web', 'db'])
    expect((await json(root, ['shop', '-f', 'compose.yaml'])).names).toEqual(['web', 'db'])
    const { service } = await json(root, ['-f', 'shop/compose.yaml', 'web'])
    expect(service('web')?.effective.A?.trail[0]?.file).toBe('shop/web.conf')
  })

  test('a word that is a service and a folder is the service', async () => {
    const root = folderOf({
      'compose.yaml': 'services: {web: {image: x}, db: {image: y}}\n',
      'web/compose.yaml': 'services: {inner: {image: z}}\n',
    })
    expect((await json(root, ['web'])).names).toEqual(['web'])
    expect((await json(root, ['./web'])).names).toEqual(['inner'])
  })

  test('a service is active where it is named', async () => {
    const root = folderOf(shop)
    expect((await json(root, ['tools'])).service('tools')?.environment).toEqual({ DEBUG: '1' })
    expect((await json(root, ['--profile', 'debug'])).names).toEqual(['web', 'db', 'tools'])
  })

  test('a Dockerfile or a project without a compose file: the image, of which anybody may set the rest', async () => {
    const { 'compose.yaml': _, ...rest } = shop
    for (const [files, args] of [
      [shop, ['Dockerfile']],
      [rest, []],
    ] as const) {
      const { names, service, code } = await json(folderOf(files), args)
      expect(names).toEqual(['Dockerfile'])
      expect(service('Dockerfile')?.environment).toEqual({})
      expect(service('Dockerfile')?.effective.PHX_HOST).toMatchObject({ value: 'image.example.org' })
      expect(service('Dockerfile')?.effective.SECRET_KEY_BASE?.state).toBe('unknown')
      expect(code).toBe(0)
    }
  })

  test('an env file', async () => {
    const { service, code } = await json(folderOf({ 'prod.env': 'A=1\nB=${A}2\nC\nA=3\n' }), ['prod.env'])
    expect(service('prod.env')?.environment).toEqual({ A: '3', B: '12', C: null })
    expect(code).toBe(0)
    const broken = await json(folderOf({ 'prod.env': 'A="1\n' }), ['prod.env'])
    expect(broken.errors).toMatchObject([{ file: 'prod.env', line: 1 }])
    expect(broken.code).toBe(1)
  })

  test('env files of any name, in ignored folders and outside of the project', async () => {
    const compose = 'services:\n  web:\n    image: x\n    env_file: [node_modules/a, ../outside/b]\n'
    const root = folderOf({ 'shop/compose.yaml': compose, 'shop/node_modules/a': 'A=1\n', 'outside/b': 'B=2\n' })
    mkdirSync(join(root, 'shop/.git'))
    const closed = await json(join(root, 'shop'), [])
    expect(closed.service('web')?.environment).toEqual({ A: '1' })
    const { service } = await json(join(root, 'shop'), ['--allow-outside'])
    expect(service('web')?.environment).toEqual({ A: '1', B: '2' })
    expect(service('web')?.effective.B?.trail[0]?.file).toBe('../outside/b')
  })

  test.each([
    [['nope/compose.yaml'], 'there is no file or folder `nope/compose.yaml`'],
    [['-f', 'nope.yaml'], 'there is no file or folder `nope.yaml`'],
    [['--env-file', 'nope.env'], 'there is no file or folder `nope.env`'],
    [['wbe'], 'there is no service `wbe`; did you mean `web`?'],
    [['--format', 'xml'], '`--format` cannot be `xml`'],
    [['--diff', '.', '--format', 'dotenv'], '`--diff` cannot be printed as `dotenv`'],
    [['web.conf', 'web'], '`web` is one too many'],
  ])('%j is wrong', async (args, message) => {
    const { code, stderr } = await cli(folderOf(shop), ['env', ...args])
    expect(stderr).toContain(message)
    expect(code).toBe(2)
  })

  test('where there is nothing to show, the call is wrong', async () => {
    const { code, stdout, stderr } = await cli(folderOf({}), ['env'])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('there is no Dockerfile and no compose file')
  })

  test.each([
    ['Dockerfile.dev', 'FROM elixir:1.18\nENV A=b\nCMD ["mix", "phx.server"]\n', '`dev` in its name'],
    ['Dockerfile', 'FROM nginx\nENV A=b\n', 'nothing to do with Elixir'],
  ])('%s that is left out is said to be there, and shown where it is named', async (name, text, why) => {
    const folder = folderOf({ [name]: text })
    const { code, stderr } = await cli(folder, ['env'])
    expect([code, stderr]).toEqual([2, expect.stringContaining(why)])
    expect(await cli(folder, ['env', name])).toMatchObject({ code: 0, stdout: expect.stringContaining('A = b') })
  })
})

test.each([
  [{ 'compose.yaml': 'a'.repeat(5_000_001) }, 'compose.yaml', 'too large'],
  [{ 'compose.yaml': 'services: {web: {image: x, env_file: a.conf}}', 'a.conf': 'A=\0' }, 'a.conf', 'NUL'],
])('a file that is there and cannot be read is a failure', async (files, file, reason) => {
  const root = folderOf(files)
  const { errors, code } = await json(root, [])
  expect(errors.map((error) => error.file)).toContain(file)
  expect(errors.find((error) => error.file === file)?.message).toContain(reason)
  expect(code).toBe(3)
  const lint = await cli(root, ['lint', 'compose.yaml', '--format', 'json'])
  expect(JSON.parse(lint.stdout).findings.map((finding: { rule: string }) => finding.rule)).toEqual(['unreadable-file'])
  expect(lint.code).toBe(3)
})

test('dotenv is read back to the same values', async () => {
  const values = { A: 'plain', B: `it's "$5" \\`, C: 'a\nb', D: ' # no comment ', E: '', F: '${X}', G: 'ü\t' }
  const compose = {
    services: {
      web: {
        image: 'x',
        environment: Object.fromEntries(
          Object.entries(values).map(([name, value]) => [name, value.replaceAll('$', '$$$$')]),
        ),
      },
    },
  }
  const root = folderOf({ 'compose.yaml': JSON.stringify(compose) })
  const { stdout, code } = await cli(root, ['env', '--format', 'dotenv', '--show-secrets'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/^# web\nA=plain\n/)
  const back = await json(folderOf({ 'back.env': stdout }), ['back.env', '--from-environment'])
  expect(back.errors).toEqual([])
  expect(back.service('back.env')?.environment).toEqual(values)
})

describe('--diff', () => {
  const compare = async (root: string, args: readonly string[]) => {
    const { code, stdout } = await cli(root, ['env', '--format', 'json', ...args])
    const { comparisons }: JsonComparison = JSON.parse(stdout)
    return {
      code,
      sides: comparisons.map(({ left, right }) => [left, right]),
      differences: comparisons.map(({ variables }) =>
        Object.fromEntries(Object.entries(variables).map(([name, { difference }]) => [name, difference])),
      ),
    }
  }

  test('of two env files', async () => {
    const root = folderOf({ 'staging.env': 'A=1\nB=2\nC=3\n', 'prod.env': 'B=2\nC=4\nD=5\n' })
    const { code, differences } = await compare(root, ['staging.env', '--diff', 'prod.env'])
    expect(differences).toEqual([{ A: 'left', B: 'same', C: 'different', D: 'right' }])
    expect(code).toBe(1)
    const { stdout } = await cli(root, ['env', 'staging.env', '--diff', 'prod.env'])
    expect(stdout).toBe(`staging.env ↔ prod.env
only in staging.env
  - A = 1  staging.env:1:3
only in prod.env
  + D = 5  prod.env:3:3
not the same, or not known to be
  - C = 3  staging.env:3:3
  + C = 4  prod.env:2:3
1 the same
`)
  })

  test('of two services, and of a service and a file', async () => {
    const compose =
      'services:\n  a: {image: x, environment: {A: "1", B: "2"}}\n  b: {image: x, environment: {A: "1"}}\n'
    const root = folderOf({ 'compose.yaml': compose, 'prod.env': 'A=1\nB=2\n' })
    expect(await compare(root, ['a', '--diff', 'b'])).toMatchObject({
      code: 1,
      differences: [{ A: 'same', B: 'left' }],
    })
    expect(await compare(root, ['a', '--diff', 'prod.env'])).toMatchObject({ code: 0, sides: [['a', 'prod.env']] })
    expect((await cli(root, ['env', '--diff', 'prod.env'])).stderr).toContain('name the service')
  })

  test('of two stacks, service by service', async () => {
    const stack = (web: string, more: string) =>
      `services:\n  web: {image: x, environment: {${web}}}\n  ${more}: {image: y}\n`
    const root = folderOf({
      'a.yaml': stack('A: "1", S: "2"', 'db'),
      'b.yaml': stack('A: "1"', 'cache'),
      'compose.yaml': 'services: {}',
    })
    for (const args of [
      ['a.yaml', '--diff', 'b.yaml'],
      ['-f', 'a.yaml', '--diff', 'b.yaml'],
    ]) {
      expect(await compare(root, args)).toEqual({
        code: 1,
        sides: [
          ['web', 'web'],
          ['db', null],
          [null, 'cache'],
        ],
        differences: [{ A: 'same', S: 'left' }, {}, {}],
      })
    }
  })
})
