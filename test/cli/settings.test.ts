import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { exit } from '../../src/cli/io/exit.ts'
import { cli, folderOf } from './cli.ts'

const settings = (text: string) => ({ '.docker-gotchas.yaml': text })
const lint = (folder: string, ...args: readonly string[]) => cli(folder, ['lint', '-q', ...args])
const rulesIn = (stdout: string) =>
  [...stdout.matchAll(/: (\w+): .*\[([\w-]+)\]/g)].map(([, level, id]) => `${level} ${id}`)

/** An image with a secret in it. */
const baked = {
  Dockerfile:
    'FROM elixir:1.18\nENV MIX_ENV=prod\nENV SECRET_KEY_BASE=wLxvP0bTnTGmwLxvP0bTnTGm\nCOPY . .\nRUN mix release\n',
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
}

/** A release whose host and server hang on the environment. */
const shop = {
  Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release

FROM debian:bookworm-slim AS app
WORKDIR /app
COPY --from=build /app/_build/prod/rel/shop ./
CMD ["/app/bin/shop", "start"]
`,
  'mix.exs':
    'defmodule Shop.MixProject do\n  use Mix.Project\n  def project, do: [app: :shop, version: "0.1.0"]\nend\n',
  'lib/shop_web/endpoint.ex':
    'defmodule ShopWeb.Endpoint do\n  use Phoenix.Endpoint, otp_app: :shop\n  plug ShopWeb.Router\nend\n',
  'lib/shop_web/router.ex':
    'defmodule ShopWeb.Router do\n  use Phoenix.Router\n  get "/up", ShopWeb.UpController, :show\nend\n',
  'config/config.exs': 'import Config\nconfig :shop, ShopWeb.Endpoint, adapter: Bandit.PhoenixAdapter\n',
  'config/runtime.exs': `import Config
if System.get_env("PHX_SERVER"), do: config(:shop, ShopWeb.Endpoint, server: true)
token = System.fetch_env!("SHOP_TOKEN")
config :shop, ShopWeb.Endpoint,
  http: [ip: {0, 0, 0, 0}, port: 4000],
  url: [host: System.get_env("PHX_HOST") || "example.com"],
  secret_key_base: token
`,
  'compose.yaml': 'services:\n  web:\n    build: .\n    ports: ["4000:4000"]\n  jobs:\n    build: .\n',
}

describe('.docker-gotchas.yaml', () => {
  it('turns rules off and gives them a severity', async () => {
    const off = folderOf({ ...baked, ...settings('rules: {secret-in-layer: off}\n') })
    expect(rulesIn((await lint(off)).stdout)).not.toContain('error secret-in-layer')
    const info = folderOf({ ...baked, ...settings('rules: {secret-in-layer: info}\n') })
    expect(rulesIn((await lint(info)).stdout)).toContain('info secret-in-layer')
  })

  it('goes after the command line', async () => {
    const folder = folderOf({ ...baked, ...settings('rules: {secret-in-layer: off}\nfail-on: never\n') })
    expect(rulesIn((await lint(folder, '--rule', 'secret-in-layer')).stdout)).toEqual(['error secret-in-layer'])
    expect((await lint(folder, '--rule', 'secret-in-layer')).code).toBe(exit.clean)
    expect((await lint(folder, '--rule', 'secret-in-layer', '--fail-on', 'error')).code).toBe(exit.findings)
    expect(rulesIn((await lint(folder, '--no-config')).stdout)).toContain('error secret-in-layer')
  })

  it.each([
    ['Dockerfile', true],
    ['*.prod', false],
    ['/sub/Dockerfile', false],
    ['[Other, "Docker*"]', true],
  ])('ignores rules in %s', async (paths, quiet) => {
    const ignore = `ignore:\n  - rules: [secret-in-layer]\n    paths: ${paths.replace(/^\*/, '"*').replace(/prod$/, 'prod"')}\n`
    const { stdout } = await lint(folderOf({ ...baked, ...settings(ignore) }), '--rule', 'secret-in-layer')
    expect(stdout === '').toBe(quiet)
  })

  it('is found above the path that is linted, up to the root of the repository', async () => {
    const off = 'rules: {secret-in-layer: off}\n'
    const inside = Object.fromEntries(Object.entries(baked).map(([path, text]) => [`repo/apps/shop/${path}`, text]))
    const isOff = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) => {
      const { stdout } = await lint(join(folderOf({ ...inside, ...files }), 'repo/apps/shop'), ...args)
      return !stdout.includes('secret-in-layer')
    }
    const git = { 'repo/.git/HEAD': 'ref: refs/heads/main\n' }
    expect(await isOff({ ...git, 'repo/.docker-gotchas.yaml': off })).toBe(true)
    expect(await isOff({ ...git, 'repo/apps/shop/.docker-gotchas.yml': off })).toBe(true)
    expect(await isOff({ ...git, 'repo/.docker-gotchas.yaml': off, 'repo/apps/.docker-gotchas.yaml': '' })).toBe(false)
    expect(await isOff({ ...git, '.docker-gotchas.yaml': off })).toBe(false)
    expect(await isOff({ 'repo/.docker-gotchas.yaml': off })).toBe(false)
    expect(await isOff({ 'repo/apps/shop/.docker-gotchas.yaml': off }, 'Dockerfile')).toBe(true)
    const above = 'ignore: [{rules: secret-in-layer, paths: /apps/shop/Dockerfile}]\n'
    expect(await isOff({ ...git, 'repo/.docker-gotchas.yaml': above })).toBe(true)
    expect(await isOff({ 'ci/ci.yaml': above.replace('/apps/shop', '') }, '--config', '../../../ci/ci.yaml')).toBe(true)
  })

  it('makes the call wrong where it is wrong, with the place', async () => {
    const folder = folderOf({ ...baked, ...settings('# ours\nrules:\n  asset-missing: off\n') })
    for (const args of [['lint'], ['boot'], ['env'], ['graph'], ['lint', 'Dockerfile']]) {
      const { code, stdout, stderr } = await cli(folder, args)
      expect([code, stdout]).toEqual([exit.usage, ''])
      expect(stderr).toContain(
        '.docker-gotchas.yaml:3:3: there is no rule `asset-missing`; did you mean `assets-missing`?\n 3 │   asset-missing: off\n   │   ^^^^^^^^^^^^^\n',
      )
    }
    const missing = await lint(folder, '--config', 'no.yaml')
    expect([missing.code, missing.stderr]).toEqual([exit.usage, expect.stringContaining('no such file')])
    const binary = await lint(folderOf({ ...baked, '.docker-gotchas.yaml': new Uint8Array([0xff, 0xfe, 0xfd]) }))
    expect(binary.code).toBe(exit.usage)
  })

  it('says what fails a run', async () => {
    const one = ['--rule', 'migrations-never-run', '--rule', 'host-unset'] as const
    const codeOf = async (text: string, ...args: readonly string[]) =>
      (await lint(folderOf({ ...shop, ...settings(`provided: [SHOP_TOKEN, PHX_SERVER]\n${text}`) }), ...args)).code
    const { 'compose.yaml': _, ...bare } = shop
    const strict = folderOf({ ...bare, ...settings('preset: strict\nprovided: [SHOP_TOKEN, PHX_SERVER]\n') })
    expect((await lint(strict, ...one)).code).toBe(exit.findings)
    expect((await lint(strict, ...one, '--fail-on', 'warning')).code).toBe(exit.clean)
    expect(await codeOf('fail-on: never', '--rule', 'health-missing')).toBe(exit.clean)
  })
})

describe('what ships', () => {
  const found = async (text: string, ...args: readonly string[]) => {
    const folder = folderOf({ ...shop, ...settings(text) })
    const { stdout, stderr } = await cli(folder, ['lint', '--format', 'json', ...args])
    expect(stderr).toBe('')
    const { findings } = JSON.parse(stdout)
    return findings.map((one: { rule: string; message: string }) => one.rule)
  }

  it('has variables that the platform gives', async () => {
    expect(await found('')).toContain('required-env-missing')
    const known = await found('provided: SHOP_TOKEN\n')
    expect(known).not.toContain('required-env-missing')
    expect(known).toContain('server-off')
    expect(await found('provided: [SHOP_TOKEN, PHX_SERVER]\n')).not.toContain('server-off')
  })

  it('has a host that the platform gives', async () => {
    const { 'compose.yaml': _, ...bare } = shop
    const rules = async (text: string) =>
      rulesIn((await lint(folderOf({ ...bare, ...settings(text) }), '--rule', 'host-unset')).stdout)
    expect(await rules('provided: [SHOP_TOKEN, PHX_SERVER]')).toEqual(['info host-unset'])
    expect(await rules('provided: [SHOP_TOKEN, PHX_SERVER, PHX_HOST]')).toEqual([])
  })

  it('is a service, a stage, a Dockerfile', async () => {
    const messages = async (text: string, files = {}) => {
      const { stdout } = await cli(folderOf({ ...shop, ...files, ...settings(text) }), ['lint'])
      return stdout
    }
    expect(await messages('service: jobs')).toMatch(
      /the service `jobs` stops[\s\S]*note: the service `web` is left out/,
    )
    expect(await messages('service: [web, jobs]')).not.toContain('left out')
    expect(await messages('development: compose.yaml')).toContain('the release listens on nothing')
    const other = { 'Dockerfile.dev': baked.Dockerfile }
    expect(await messages('', other)).toContain('Dockerfile.dev is left out')
    expect(await messages('production: Dockerfile.dev', other)).toContain('Dockerfile.dev:3:5')
    const alone = { 'compose.yaml': 'services: {}\n' }
    expect(await messages('target: app', alone)).toContain('[server-off]')
    expect(await messages('target: build', alone)).not.toContain('[server-off]')
  })

  it('is there', async () => {
    const said = async (text: string) => (await lint(folderOf({ ...shop, ...settings(text) }))).stderr
    expect(await said('service: wbe')).toContain(
      '.docker-gotchas.yaml:1:10: there is no service `wbe`; did you mean `web`?',
    )
    expect(await said('target: ap')).toContain('.docker-gotchas.yaml:1:9: there is no stage `ap`; did you mean `app`?')
    expect(await said('target: APP\nservice: web')).toBe('')
  })

  it('is asked for a path by the platform', async () => {
    const given = 'provided: [SHOP_TOKEN, PHX_SERVER]\n'
    expect(await found(`${given}health: {path: /up}\n`, '--rule', 'health-unreachable')).toEqual([])
    const folder = folderOf({ ...shop, ...settings(`${given}health: {path: /upp}\n`) })
    expect((await lint(folder, '--rule', 'health-unreachable')).stdout).toMatch(
      /^\.docker-gotchas\.yaml:2:16: error: the health check asks `\/upp`/,
    )
  })

  it('is the same for boot and env', async () => {
    const folder = folderOf({ ...shop, ...settings('provided: [SHOP_TOKEN, PHX_SERVER]\nservice: web\n') })
    const booted = await cli(folder, ['boot', '--format', 'json'])
    const { services } = JSON.parse(booted.stdout)
    expect(booted.code).toBe(exit.clean)
    expect(JSON.stringify(services)).not.toContain('"jobs"')
    const env = await cli(folder, ['env', 'web'])
    expect(env.stdout).toContain('the settings say that the platform gives `SHOP_TOKEN`')
    expect(env.code).toBe(exit.clean)
    expect((await cli(folder, ['env', 'web', '--no-config'])).code).toBe(exit.findings)
    expect((await cli(folder, ['boot', '--no-config'])).code).toBe(exit.findings)
  })
})

test('a file that cannot be read may be ignored by its path, and the standard input has no stage', async () => {
  const files = { ...baked, '.env': new Uint8Array([0xff, 0xfe, 0xfd]) }
  expect((await lint(folderOf(files), '--rule', 'server-off')).code).toBe(exit.failure)
  const ignore = settings('ignore: [{rules: unreadable-file, paths: .env}]\ntarget: app\n')
  expect((await lint(folderOf({ ...files, ...ignore, ...shop }), '--rule', 'health-missing')).code).toBe(exit.clean)
  const alone = await cli(folderOf(ignore), ['lint', '-q', '-'], { stdin: baked.Dockerfile })
  expect([alone.code, alone.stderr]).toEqual([exit.findings, ''])
})

test('what is no rule of the catalogue is reported, whatever rules are asked for', async () => {
  const folder = folderOf({ ...baked, Dockerfile: 'FROM elixir\nRUNN x\n' })
  expect(rulesIn((await lint(folder, '--rule', 'dockerfile-syntax')).stdout)).toEqual(['error dockerfile-syntax'])
  expect(rulesIn((await lint(folder, '--rule', 'server-off')).stdout)).toEqual(['error dockerfile-syntax'])
})
