import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
// Loaded first: vitest does not mock a module that two dynamic imports ask for at the same time.
import '../../src/analyze.ts'
import type { JsonReport } from '../../src/report/formats/json.ts'
import { dockerLayout, ociLayout, type TarEntry, tarOf } from '../files/image/saved.ts'
import { runtime } from '../model/image/release-of.ts'
import { cli, folderOf } from './cli.ts'
import { partsOf, type Saved, tarOfShop } from './saved-shop.ts'

const key = 'Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz'

const check = async (saved: Saved, ...flags: readonly string[]) =>
  cli(folderOf({ 'shop.tar': await tarOfShop(saved) }), ['image', 'shop.tar', ...flags])
const jsonOf = (text: string): JsonReport => JSON.parse(text)
const rulesIn = (text: string) => jsonOf(text).findings.map(({ rule, file }) => `${rule} ${file}`)

describe('a good image', () => {
  const header = `shop:1 (linux/amd64, 2 layers, Debian GNU/Linux 12 (bookworm))
  release shop 0.1.0 in /app: Elixir 1.17.3, Phoenix 1.7.14, ERTS 14.2 (OTP 26)
`

  test('is clean, and what was read is said', async () => {
    const { code, stdout, stderr } = await check({})
    expect(stdout).toContain(header)
    expect(stdout).toContain('clean: nothing found')
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('from the standard input, and of an OCI layout', async () => {
    const stdin = await tarOf(ociLayout([await partsOf({})]))
    const { code, stdout } = await cli(folderOf({}), ['image', '-'], { stdin })
    expect(stdout).toContain(header)
    expect(code).toBe(0)
  })
})

describe('a bad image', () => {
  test('exits with 1, and with 0 where only more severe findings fail', async () => {
    const bad = { cmd: ['/app/bin/shop', 'start'] }
    expect((await check(bad)).code).toBe(1)
    expect((await check(bad, '--fail-on', 'error')).code).toBe(0)
    expect((await check(bad, '--ignore', 'server-off')).code).toBe(0)
    expect((await check(bad, '--rule', 'log-level-debug')).code).toBe(0)
  })

  test('prints JSON with the places in the layers', async () => {
    const { stdout } = await check({ release: { logger: '{level,debug}' } }, '--format', 'json')
    expect(rulesIn(stdout)).toEqual(['log-level-debug layer 2/2: /app/releases/0.1.0/sys.config'])
  })

  test('prints SARIF', async () => {
    const { stdout } = await check({ release: { logger: '{level,debug}' } }, '--format', 'sarif')
    expect(stdout).toContain('layer%202/2%3A')
  })
})

describe('a secret', () => {
  const places: readonly [string, Saved][] = [
    ['in ENV', { env: [`SECRET_KEY_BASE=${key}`] }],
    ['in a file that is removed', { below: { '.env': `SECRET_KEY_BASE=${key}\n` }, removed: ['.wh..env'] }],
    ['in the history', { history: [`RUN |1 DEPLOY_TOKEN=${key} /bin/sh -c mix deps.get # buildkit`] }],
    [
      'in sys.config',
      {
        release: {
          endpoint: `{secret_key_base,<<"${key}">>},`,
          runtime: runtime.replace('secret_key_base: secret_key_base', 'check_origin: true'),
        },
      },
    ],
    [
      'in runtime.exs',
      {
        release: {
          runtime: runtime.replace(
            'System.get_env("SECRET_KEY_BASE") ||',
            `System.get_env("SECRET_KEY_BASE") || "${key}" ||`,
          ),
        },
      },
    ],
    [
      'in an entrypoint',
      {
        release: {
          server: `#!/bin/sh\nexport SECRET_KEY_BASE=${key}\nexport PHX_SERVER=true\nexec /app/bin/shop start\n`,
        },
      },
    ],
    ['in a key', { below: { 'root/.ssh/id_rsa': `-----BEGIN OPENSSH PRIVATE KEY-----\n${key}\n` } }],
  ]
  const bytes = [...new TextEncoder().encode(key)].slice(4, 24).join(',')

  test.each(places)('%s is found, and printed in no format', async (_, saved) => {
    for (const format of [['tty'], ['json'], ['sarif'], ['tty', '-q']]) {
      const { code, stdout, stderr } = await check(saved, '--format', ...format)
      expect(stdout + stderr).not.toContain(key.slice(4, 24))
      expect(stdout + stderr).not.toContain(bytes)
      expect(code).toBe(1)
    }
  })
})

test('a weak secret is printed in no format', async () => {
  const weak = 'hunter2'
  const root = folderOf({
    'shop.tar': await tarOfShop({
      env: [`DB_PASSWORD=${weak}`, `DATABASE_URL=ecto://shop:${weak}@localhost/shop`],
      below: { 'app/.env': `API_TOKEN=${weak}\n`, 'root/.netrc': `machine a.b login me password ${weak}\n` },
      history: [`RUN |1 NPM_TOKEN=${weak} /bin/sh -c git clone https://me:${weak}@git.acme-tools.org/a # buildkit`],
      release: {
        runtime: `${runtime}\nconfig :shop, Shop.Mailer, password: "${weak}"\n`,
        server: `#!/bin/sh\nexport SECRET_KEY_BASE=${weak}\nPHX_SERVER=true exec /app/bin/shop start\n`,
      },
    }),
  })
  for (const format of ['tty', 'json', 'sarif']) {
    const { code, stdout, stderr } = await cli(root, ['image', 'shop.tar', '--format', format])
    expect({ code, leaks: (stdout + stderr).split('\n').filter((line) => line.includes(weak)) }).toEqual({
      code: 1,
      leaks: [],
    })
  }
})

describe('several images', () => {
  const tar = async () =>
    tarOf(dockerLayout([await partsOf({}), await partsOf({ name: 'bad:1', release: { logger: '{level,debug}' } })]))

  test('are all checked', async () => {
    const { stdout } = await cli(folderOf({ 'all.tar': await tar() }), ['image', 'all.tar', '--format', 'json'])
    expect(rulesIn(stdout)).toEqual(['log-level-debug bad:1: layer 2/2: /app/releases/0.1.0/sys.config'])
  })

  test('or the one that is named', async () => {
    const root = folderOf({ 'all.tar': await tar() })
    expect((await cli(root, ['image', 'all.tar', '--image', 'shop:1'])).code).toBe(0)
    expect((await cli(root, ['image', 'all.tar', '--image', 'bad:1'])).code).toBe(1)
    const { code, stderr } = await cli(root, ['image', 'all.tar', '--image', 'none'])
    expect(stderr).toContain('there is no image `none` in `all.tar`: it has `shop:1`, `bad:1`')
    expect(code).toBe(2)
  })
})

describe('an image without a release', () => {
  const plain =
    (files: Readonly<Record<string, TarEntry>>, config: object = {}) =>
    async () =>
      tarOf(
        dockerLayout([
          {
            names: ['nginx:1'],
            config: { os: 'linux', architecture: 'amd64', ...config },
            layers: [await tarOf(Object.entries(files))],
          },
        ]),
      )

  test.each([
    ['is said to be one', plain({ 'usr/sbin/nginx': 'x' }), 0, 'no release of Elixir'],
    ['may hold secrets', plain({ 'srv/.env': `API_TOKEN=${key}\n` }), 1, 'secret-in-layer'],
  ] as const)('%s', async (_, make, expected, text) => {
    const { code, stdout } = await cli(folderOf({ 'x.tar': await make() }), ['image', 'x.tar'])
    expect(stdout).toContain(text)
    expect(code).toBe(expected)
  })
})

describe('a call that is wrong', () => {
  test.each([
    [[], 'name the file of an image'],
    [['a', 'b'], '`b` is one too many'],
    [['none.tar'], 'there is no file or folder `none.tar`'],
    [['x.tar', '--max-size', 'big'], '`big` is no size'],
    [['x.tar', '--rule', 'nope'], 'there is no rule `nope`'],
    [['x.tar', '--against', 'nowhere'], 'there is no file or folder `nowhere`'],
  ])('%j', async (argv, message) => {
    const { code, stderr, stdout } = await cli(folderOf({ 'x.tar': await tarOfShop() }), ['image', ...argv])
    expect(stderr).toContain(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test.each([
    ['text.tar', 'it is no tar'],
    ['cut.tar', 'the tar ends in the middle of an entry'],
    ['.', 'it is no saved image'],
  ])('%s cannot be read', async (name, message) => {
    const whole = await tarOfShop()
    const root = folderOf({ 'text.tar': 'hello', 'cut.tar': whole.subarray(0, 6000) })
    const { code, stderr, stdout } = await cli(root, ['image', name])
    expect(stderr).toContain(message)
    expect(stderr).not.toContain(join(root, ''))
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
  })
})

describe('--against', () => {
  const sources = {
    Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /build
ENV MIX_ENV=prod
COPY . .
RUN mix assets.deploy
RUN mix release
FROM debian:bookworm-slim
ENV LANG=en_US.UTF-8
WORKDIR /app
ENV MIX_ENV=prod
COPY --from=build /build/_build/prod/rel/shop ./
USER nobody
CMD ["/app/bin/server"]
`,
    'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", aliases: ["assets.deploy": ["phx.digest"]]]
end
`,
    'config/config.exs': `import Config
config :logger, level: :info
config :shop, ShopWeb.Endpoint, live_view: [signing_salt: "qTmMRAHh"], cache_static_manifest: "priv/static/cache_manifest.json"
`,
    'config/runtime.exs': runtime,
    'rel/overlays/bin/server':
      '#!/bin/sh\nset -eu\n\ncd -P -- "$(dirname -- "$0")"\nPHX_SERVER=true exec ./shop start\n',
    'priv/static/robots.txt': '',
  }
  const against = async (change: Readonly<Record<string, string>>, saved: Saved = {}) => {
    const root = folderOf({ ...sources, ...change, 'out/shop.tar': await tarOfShop(saved) })
    const { stdout, stderr } = await cli(root, [
      'image',
      'out/shop.tar',
      '--against',
      '.',
      '--format',
      'json',
      '--rule',
      'server-off',
    ])
    expect(stderr).toBe('')
    return jsonOf(stdout).findings.map(
      ({ rule, file, message, related }) => `${rule} ${file}: ${message} ${related.map((one) => one.file).join(' ')}`,
    )
  }

  test('the sources of the image', async () => {
    expect(await against({})).toEqual([])
  })

  test.each<[string, Readonly<Record<string, string>>, Saved, readonly string[]]>([
    [
      'another version',
      { 'mix.exs': sources['mix.exs'].replace('0.1.0', '0.2.0') },
      {},
      [
        'image-differs layer 2/2: /app/releases/start_erl.data: the image has version 0.1.0 of `shop`, and the sources are version 0.2.0 mix.exs',
      ],
    ],
    [
      'another runtime.exs',
      { 'config/runtime.exs': runtime.replace('"4000"', '"4001"') },
      {},
      [
        'image-differs layer 2/2: /app/releases/0.1.0/runtime.exs: `/app/releases/0.1.0/runtime.exs` is not the `config/runtime.exs` of the sources config/runtime.exs',
      ],
    ],
    [
      'another script',
      { 'rel/overlays/bin/server': '#!/bin/sh\nexec ./shop start\n' },
      {},
      [
        'image-differs layer 2/2: /app/bin/server: `/app/bin/server` is not the `rel/overlays/bin/server` of the sources rel/overlays/bin/server',
      ],
    ],
    [
      'a script that is not there',
      { 'rel/overlays/bin/seed': '#!/bin/sh\nexec ./shop eval Shop.seed\n' },
      {},
      [
        'image-differs layer 2/2: /app/releases/start_erl.data: `rel/overlays/bin/seed` of the sources is not in the image as `/app/bin/seed` rel/overlays/bin/seed',
      ],
    ],
    [
      'another config',
      { 'config/config.exs': sources['config/config.exs'].replace(':info', ':warning') },
      {},
      [
        'image-differs layer 2/2: /app/releases/0.1.0/sys.config: `logger.level` in the image is not what the config of the sources says config/config.exs',
      ],
    ],
    [
      'a key that is not there',
      { 'config/config.exs': `${sources['config/config.exs']}config :shop, mailer: :smtp\n` },
      {},
      [
        'image-differs layer 2/2: /app/releases/0.1.0/sys.config: the image has no `shop.mailer`, which the config of the sources sets config/config.exs',
      ],
    ],
    [
      'another file of priv/static',
      { 'priv/static/robots.txt': 'User-agent: *\n' },
      {},
      [
        'image-differs layer 2/2: /app/lib/shop-0.1.0/priv/static/robots.txt: `/app/lib/shop-0.1.0/priv/static/robots.txt` has 0 bytes, and `priv/static/robots.txt` of the sources 14 ',
      ],
    ],
    [
      'another CMD',
      { Dockerfile: sources.Dockerfile.replace('"/app/bin/server"', '"/app/bin/shop", "start"') },
      {},
      ['image-differs image config: `CMD` of the image is not that of the Dockerfile Dockerfile'],
    ],
    [
      'another ENV',
      { Dockerfile: sources.Dockerfile.replace('LANG=en_US.UTF-8', 'LANG=C.UTF-8 PORT=80') },
      {},
      [
        'image-differs image config: the image has no `PORT`, which the Dockerfile sets Dockerfile',
        'image-differs image config: `LANG` is another value in the image: `en_US.UTF-8`, and not `C.UTF-8` Dockerfile',
      ],
    ],
    [
      'another USER',
      { Dockerfile: sources.Dockerfile.replace('USER nobody', 'USER app') },
      {},
      ['image-differs image config: the image runs as `nobody`, and not as `app` Dockerfile'],
    ],
  ])('%s', async (_, change, saved, expected) => {
    expect(await against(change, saved)).toEqual(expected)
  })
})
