import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { JsonBoots } from '../../src/report/boot/json.ts'
import { cli, folderOf } from './cli.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const key = 'kW7cQ2mZ9xT4vB8nL1pR6sD3fG5hJ0yU2iO4aE7wX9zC1qN8bM6vK3tH5gF2dS4j'

const runtime = `import Config

if System.get_env("PHX_SERVER") do
  config :shop, ShopWeb.Endpoint, server: true
end

config :logger, level: :info

config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")

config :shop, ShopWeb.Endpoint,
  adapter: Bandit.PhoenixAdapter,
  url: [host: System.get_env("PHX_HOST", "example.com"), port: 443, scheme: "https"],
  http: [port: String.to_integer(System.get_env("PORT") || "4000")],
  secret_key_base: System.fetch_env!("SECRET_KEY_BASE")

config :shop, stripe: System.get_env("STRIPE_SECRET_KEY")
`

const alone = { 'config/runtime.exs': runtime }

const shop = {
  ...alone,
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
end
`,
  Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release

FROM debian:bookworm-slim
COPY --from=build /app/_build/prod/rel/shop /app
ENV PHX_SERVER=true
CMD ["/app/bin/shop", "start"]
`,
  'compose.yaml': `services:
  web:
    build: .
    environment:
      PHX_HOST: shop.acme-tools.org
      DATABASE_URL: ecto://shop:pa55w0rd-of-shop@db/shop
      SECRET_KEY_BASE: ${key}
  worker:
    build: .
    environment:
      DATABASE_URL: '"ecto://shop:pa55w0rd-of-shop@db/shop"'
      SECRET_KEY_BASE: ${key}
  db:
    image: postgres:17
`,
}

const given = ['-e', 'DATABASE_URL=ecto://u:pa55w0rd-of-shop@h/d', '-e', `SECRET_KEY_BASE=${key}`]

async function json(folder: string, args: readonly string[]) {
  const { code, stdout, stderr } = await cli(folder, ['boot', '--format', 'json', ...args])
  expect(stderr).toBe('')
  const { services }: JsonBoots = JSON.parse(stdout)
  return { code, services, stdout, service: (name: string | null) => services.find((one) => one.name === name) }
}

describe('json', () => {
  test('has a page for each service and for the image alone', async () => {
    const { services, service, code } = await json(folderOf(shop), [])
    expect(services.map(({ name }) => name)).toEqual(['web', 'worker', null])
    expect(service('web')).toMatchObject({
      verdict: 'boots',
      crash: null,
      listens: true,
      url: 'https://shop.acme-tools.org',
      ip: '0.0.0.0',
      port: 4000,
      staticManifest: false,
      logLevel: 'info',
    })
    expect(service('worker')).toMatchObject({
      verdict: 'crashes',
      crash: { file: 'config/runtime.exs', line: 9, message: expect.stringContaining('host is not present') },
      listens: false,
      url: null,
      port: null,
    })
    expect(service(null)).toMatchObject({ verdict: 'unknown', listens: true, url: null })
    expect(code).toBe(1)
    expect((await json(folderOf(shop), ['--service', 'web'])).code).toBe(0)
  })

  test('has exactly the agreed keys', async () => {
    const { services } = await json(folderOf(alone), ['--only-given', ...given])
    expect(Object.keys(services[0] ?? {})).toEqual(
      'name file line verdict ends crash listens url ip port staticManifest logLevel env config'.split(' '),
    )
    expect(services[0]?.env).toEqual([
      { ...variable('DATABASE_URL', 9), required: true, state: 'set' },
      { ...variable('PHX_HOST', 13), default: 'example.com' },
      variable('PHX_SERVER', 3),
      { ...variable('PORT', 14), default: '4000' },
      { ...variable('SECRET_KEY_BASE', 15), required: true, state: 'set' },
      variable('STRIPE_SECRET_KEY', 17),
    ])
  })

  const variable = (name: string, line: number) => ({
    name,
    required: false,
    default: null,
    state: 'unset',
    value: null,
    file: 'config/runtime.exs',
    line,
  })

  test('shows secrets only where it is asked to', async () => {
    const args = [...given, '-e', 'STRIPE_SECRET_KEY=sk_live_9aB8cD7eF6']
    for (const format of ['json', 'tty', 'markdown']) {
      const { stdout } = await cli(folderOf(alone), ['boot', '--format', format, ...args])
      expect(stdout).not.toMatch(/pa55w0rd|sk_live_9|kW7cQ2/)
    }
    const why = await cli(folderOf(alone), ['boot', '--why', 'shop.stripe', ...args])
    expect(why.stdout).not.toContain('sk_live_9')
    const { services } = await json(folderOf(alone), ['--show-secrets', ...args])
    expect(JSON.stringify(services[0]?.config)).toContain('pa55w0rd-of-shop')
    expect(services[0]?.env.find(({ name }) => name === 'SECRET_KEY_BASE')?.value).toBe(key)
  })

  test('a crash tells no secret', async () => {
    const { service } = await json(folderOf(shop), [])
    expect(service('worker')?.crash?.message).not.toContain('pa55w0rd')
  })

  test('a build that stops is a crash', async () => {
    const root = folderOf({ 'config/config.exs': 'import Config\nconfig :a, b: System.fetch_env!("B")\n' })
    const stopped = await json(root, ['--only-given'])
    expect(stopped.services[0]).toMatchObject({
      verdict: 'crashes',
      crash: { file: 'config/config.exs', line: 2, message: expect.stringContaining('(System.EnvError)') },
      config: null,
    })
    const { services } = await json(root, ['--only-given', '--build-env', 'B=1'])
    expect(services[0]).toMatchObject({ verdict: 'boots', config: { kw: [['a', { kw: [['b', '1']] }]] } })
  })
})

describe('the environment', () => {
  test('`--only-given` leaves out what Dockerfile and compose file give', async () => {
    const { service } = await json(folderOf(shop), ['--only-given', ...given, '-e', 'PORT=1'])
    expect(service('web')).toMatchObject({ verdict: 'boots', listens: false, url: 'https://example.com' })
  })

  test('`--env` goes before the files, `--env-file` before the shell', async () => {
    const root = folderOf({ ...alone, 'prod.env': 'PHX_SERVER=1\nPORT=5001\nPHX_HOST=of.file\n' })
    const args = ['--from-environment', '--env-file', 'prod.env', '-e', 'PORT=5002', '--format', 'json', ...given]
    const { stdout } = await cli(root, ['boot', ...args], { env: { PHX_HOST: 'of.shell', PORT: '5000' } })
    expect(JSON.parse(stdout).services[0]).toMatchObject({ port: 5002, url: 'https://of.file' })
  })

  test('an env file is read as Compose does for a service, and as `docker run` does for the image', async () => {
    const root = folderOf({ ...shop, 'prod.env': 'DATABASE_URL="ecto://u:p@h/d"\n' })
    const { service } = await json(root, ['--env-file', 'prod.env', '-e', `SECRET_KEY_BASE=${key}`])
    expect(service('web')?.verdict).toBe('boots')
    expect(service(null)?.crash?.message).toContain('host is not present')
  })

  test('what Compose puts together from the shell is set, whatever it is', async () => {
    const compose = shop['compose.yaml'].replace(/pa55w0rd-of-shop/g, '${DB_PASSWORD}')
    const { service } = await json(folderOf({ ...shop, 'compose.yaml': compose }), [])
    expect(service('web')).toMatchObject({ verdict: 'boots' })
  })

  test('`--mix-env` decides what `config_env()` is', async () => {
    const root = folderOf({ 'config/config.exs': 'import Config\nconfig :a, env: config_env()\n' })
    const { services } = await json(root, ['--mix-env', 'staging'])
    expect(services[0]?.config).toEqual({ kw: [['a', { kw: [['env', { atom: 'staging' }]] }]] })
  })
})

describe('for people', () => {
  test('samples/first-deploy tells its story on one screen', async () => {
    const { stdout, code } = await cli(root, ['boot', 'samples/first-deploy'])
    await expect(stdout).toMatchFileSnapshot('boot-first-deploy.txt')
    expect(stdout.split('\n').length).toBeLessThan(30)
    expect(code).toBe(1)
    const [summary = ''] = stdout.split('\n\n  reads')
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain(
      `$ docker-gotchas boot samples/first-deploy\n${summary}\n`,
    )
  })

  test('an image that is not made, or whose container does not get to the release', async () => {
    const { Dockerfile } = shop
    const broken = {
      'there is no release in': Dockerfile.replace('rel/shop /app', 'rel/shopp /app'),
      'the build stops here: there is no `libs`': Dockerfile.replace('RUN', 'COPY libs lib\nRUN'),
      'no stage above is called `biuld`': Dockerfile.replace('--from=build', '--from=biuld'),
      'has no user `shopp`': Dockerfile.replace('CMD', 'USER shopp\nCMD'),
    }
    for (const [message, text] of Object.entries(broken)) {
      const folder = folderOf({ ...shop, 'lib/shop.ex': 'defmodule Shop do\nend\n', Dockerfile: text })
      const { stdout, code } = await cli(folder, ['boot', '--service', 'web'])
      expect(stdout.replace(/\s+/g, ' '), message).toContain(message)
      expect(stdout).toContain('✗ boot')
      expect(code).toBe(1)
    }
  })

  test('`--why` shows every place that had a part', async () => {
    const { stdout, code } = await cli(root, ['boot', 'samples/first-deploy', '--why', 'ShopWeb.Endpoint.url.host'])
    expect(stdout).toBe(`web · shop.ShopWeb.Endpoint.url.host
  = "shop.acme-tools.org"
    samples/first-deploy/config/config.exs:8:15    \`host\` is set when the release is built to "localhost", and is set again
    samples/first-deploy/config/runtime.exs:30:17  \`host\` is set when it starts to "shop.acme-tools.org"
    samples/first-deploy/compose.yaml:7:17         \`PHX_HOST\` is set here
    samples/first-deploy/config/runtime.exs:26:10  \`PHX_HOST\` is read here
`)
    expect(code).toBe(0)
  })

  test('`--why` says each place once', async () => {
    const twice = {
      'mix.exs': 'defmodule A.MixProject do\n  use Mix.Project\n  def project, do: [app: :a, version: "0.1.0"]\nend\n',
      'config/config.exs': 'import Config\n',
      'config/runtime.exs':
        'import Config\nname = System.get_env("NAME") || "x"\nconfig :a, key: name <> "-" <> name, other: System.get_env("NAME")\n',
    }
    const { stdout } = await cli(folderOf(twice), ['boot', '--why', 'a', '-e', 'NAME=y', '--only-given'])
    const blocks = stdout.split('\n\n')
    expect(blocks.length).toBeGreaterThan(0)
    for (const block of blocks) {
      const places = [...block.matchAll(/^ {4}(\S+)/gm)].map(([, place]) => place)
      expect(places.length).toBeGreaterThan(0)
      expect(new Set(places).size).toBe(places.length)
    }
  })

  test('markdown is a table', async () => {
    const { stdout } = await cli(folderOf(shop), ['boot', '--format', 'markdown', '--service', 'web'])
    expect(stdout).toContain('| ✅ listens | on http://0.0.0.0:4000 | `config/runtime.exs:14:60` |')
    expect(stdout).toContain('| ✅ | `PHX_HOST` | = shop.acme-tools.org | `compose.yaml:5:17` |')
  })

  test('`--write-env-example` writes every variable, and never over a file of somebody else', async () => {
    const folder = folderOf(alone)
    const { code, stdout } = await cli(folder, ['boot', '--write-env-example', ...given])
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'wrote .env.example\n' })
    const text = readFileSync(join(folder, '.env.example'), 'utf8')
    expect(text).toContain('# config/runtime.exs:9:31\nDATABASE_URL=\n')
    expect(text).toContain('# config/runtime.exs:14:34\n# PORT=4000\n')
    expect(text).not.toContain(key)
    expect((await cli(folder, ['boot', '--write-env-example'])).code).toBe(0)
    const kept = folderOf({ ...alone, '.env.example': 'MINE=1\n' })
    expect((await cli(kept, ['boot', '--write-env-example'])).code).toBe(2)
    expect(readFileSync(join(kept, '.env.example'), 'utf8')).toBe('MINE=1\n')
    expect(existsSync(join(kept, '.env'))).toBe(false)
  })
})

test('an image that is built elsewhere may set what it likes', async () => {
  const { Dockerfile: _, ...files } = shop
  const compose = shop['compose.yaml'].replaceAll('build: .', 'image: registry.test/shop')
  const { service } = await json(folderOf({ ...files, 'compose.yaml': compose }), [])
  expect(service('web')).toMatchObject({ verdict: 'boots', listens: null, staticManifest: false })
})

describe('bad input', () => {
  test.each([
    [['nope'], 'there is no file or folder `nope`'],
    [['--service', 'wbe'], 'there is no service `wbe`; did you mean `web`?'],
    [['--why', 'ShopWeb.Endpoint.url.hots'], 'there is no key'],
    [['--env-file', 'nope.env'], 'there is no file `nope.env`'],
    [['.', 'web'], '`web` is one too many'],
  ])('%j is wrong', async (args, message) => {
    const { code, stderr } = await cli(folderOf(shop), ['boot', ...args])
    expect(stderr).toContain(message.replace('there is no key', 'the config has no key'))
    expect(code).toBe(2)
  })

  test('a folder without config is wrong', async () => {
    const { code, stderr } = await cli(folderOf({ 'a.txt': '' }), ['boot'])
    expect({ code, said: stderr.includes('there is no config') }).toEqual({ code: 2, said: true })
  })

  test.each([
    ['half-written', 'import Config\nconfig :a, b: [', 'crashes'],
    ['empty', '', 'boots'],
    ['nested', `import Config\nconfig :a, b: ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`, 'unknown'],
    ['endless', 'import Config\nf = fn f -> f.(f) end\nf.(f)\n', 'unknown'],
    ['large', `import Config\n${'# a comment that goes on\n'.repeat(150_000)}`, undefined],
  ])('%s', async (_, text, verdict) => {
    const { services } = await json(folderOf({ 'config/runtime.exs': text }), ['--only-given'])
    if (verdict !== undefined) expect(services[0]?.verdict).toBe(verdict)
  })

  test('too large to be read: it says so, and that we failed', async () => {
    const folder = folderOf({ 'config/runtime.exs': 'x'.repeat(5_100_000) })
    const { code, stdout } = await cli(folder, ['boot'])
    expect(stdout).toContain('config/runtime.exs: the file is too large to be read')
    expect(code).toBe(3)
  })
})
