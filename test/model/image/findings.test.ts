import { describe, expect, test } from 'vitest'
import { analyzeImage } from '../../../src/analyze-image.ts'
import type { ImageConfig } from '../../../src/files/image/types.ts'
import { oncePer } from '../../../src/text/once.ts'
import { textOf } from '../../../src/text/source.ts'
import { elfOf, type TestElf } from '../../languages/elf/elf-of.ts'
import { itTells } from '../../tells.ts'
import { told } from '../../told.ts'
import { imageOf, type TestImage } from './image-of.ts'
import { digested, releaseOf, runtime, type TestRelease } from './release-of.ts'

const shop = (release: TestRelease = {}, config: Partial<ImageConfig> = {}, more: Partial<TestImage> = {}) => {
  const made = releaseOf(release)
  return imageOf({ ...made, ...more, config: { ...made.config, ...config } })
}
const lint = oncePer(async (image: ReturnType<typeof shop>) => {
  const { diagnostics, failures } = await analyzeImage(image)
  expect(failures).toEqual([])
  return diagnostics
})
const found = async (image: ReturnType<typeof shop>) =>
  (await lint(image)).map(
    ({ rule, severity, span }) => `${severity} ${rule} @ ${span.source.path} ${textOf(span).slice(0, 40)}`,
  )
const key = 'Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz'
const env = (more: readonly string[]) => ({ env: [...(releaseOf().config?.env ?? []), ...more] })
const start = '#!/bin/sh\nPHX_SERVER=true exec /app/bin/shop start\n'
const crlf = start.replaceAll('\n', '\r\n')
const glibc = (provides: readonly string[]) => elfOf({ interpreter: '/lib64/ld-linux-x86-64.so.2', provides })
const beam = (elf: TestElf = {}) => ({
  '/app/erts-14.2/bin/beam.smp': elfOf({
    interpreter: '/lib64/ld-linux-x86-64.so.2',
    needed: ['libc.so.6'],
    requires: { 'libc.so.6': ['GLIBC_2.34'] },
    ...elf,
  }),
  '/lib64/ld-linux-x86-64.so.2': new Uint8Array(8),
})
const bookworm = { '/usr/lib/x86_64-linux-gnu/libc.so.6': glibc(['GLIBC_2.2.5', 'GLIBC_2.34', 'GLIBC_2.36']) }
const stale = '/app/lib/shop-0.1.0/priv/static/assets/app.css'
const [digestedCss = ''] = Object.keys(digested({ 'assets/app.css': 'body{}' })).filter((path) =>
  /-\w{32}\.css$/.test(path),
)
const none = Object.fromEntries(
  Object.keys(releaseOf().files).flatMap((path) => (path.includes('/priv/static/') ? [[path, null] as const] : [])),
)

describe('an image of a good release', () => {
  test.each([
    ['as Phoenix makes it', shop()],
    ['with PHX_SERVER in its ENV', shop({}, { ...env(['PHX_SERVER=true']), cmd: ['/app/bin/shop', 'start'] })],
    [
      'with an entrypoint that migrates first',
      shop(
        { files: { '/app/entrypoint.sh': { text: '#!/bin/sh\nset -e\n/app/bin/migrate\nexec "$@"\n', mode: 0o755 } } },
        { entrypoint: ['/app/entrypoint.sh'], cmd: ['/app/bin/server'] },
      ),
    ],
    ['with a run-time system that fits', shop({ files: { ...beam(), ...bookworm } })],
    [
      'beside an Erlang that is installed',
      shop({
        files: {
          '/usr/lib/erlang/releases/start_erl.data': '14.2 26\n',
          '/usr/lib/erlang/releases/26/OTP_VERSION': '26.2\n',
          '/usr/lib/erlang/bin/start.boot': 'no script',
        },
      }),
    ],
    ['behind a link', shop({ files: { '/srv/current': { link: '/app' } } }, { cmd: ['/srv/current/bin/server'] })],
    ['by a shell form', shop({}, { cmd: ['/bin/sh', '-c', '/app/bin/migrate && exec /app/bin/server'] })],
    [
      'with a health check by a program that is there',
      shop(
        { files: { '/usr/bin/curl': new Uint8Array(9) } },
        { healthcheck: { test: ['CMD-SHELL', 'curl -f http://localhost:4000/health || exit 1'] } },
      ),
    ],
  ])('%s is silent', async (_, image) => {
    expect(await found(image)).toEqual([])
  })
})

describe('what is wrong in an image', () => {
  const wrong: readonly [string, ReturnType<typeof shop>, readonly string[]][] = [
    [
      'runtime config: a key that was compiled in',
      shop({
        endpoint: '{force_ssl,false},',
        validated: "[{shop,['Elixir.ShopWeb.Endpoint',force_ssl],{ok,false}}]",
        runtime: `${runtime}\nconfig :shop, ShopWeb.Endpoint, force_ssl: [hsts: true]\n`,
      }),
      ['error compile-time-key-at-runtime @ layer 3/4: /app/releases/0.1.0/runtime.exs true'],
    ],
    [
      'runtime config: a provider of its own',
      shop({ provider: "{'Elixir.Shop.Vault',[]},", logger: '{level,debug}' }),
      ['warning log-level-debug @ layer 3/4: /app/releases/0.1.0/sys.config debug'],
    ],
    [
      'runtime config: no runtime.exs',
      shop({ runtime: null }),
      ['error runtime-config-not-shipped @ layer 3/4: /app/releases/0.1.0/sys.config %% coding: utf-8'],
    ],
    [
      'runtime config: broken',
      shop({ runtime: `${runtime}\nconfig :shop, env: Mix.env()\n` }),
      ['error runtime-config-broken @ layer 3/4: /app/releases/0.1.0/runtime.exs Mix.env()'],
    ],
    [
      'runtime config: no Elixir',
      shop({ runtime: `${runtime}\nconfig :shop, (\n` }),
      ['error elixir-syntax @ layer 3/4: /app/releases/0.1.0/runtime.exs '],
    ],
    [
      'runtime config: no such function',
      shop({ runtime: runtime.replace('fetch_env!', 'get_env!') }),
      ['error no-such-function @ layer 3/4: /app/releases/0.1.0/runtime.exs System.get_env!'],
    ],
    [
      'migrations: mix at the start',
      shop({}, { cmd: ['/bin/sh', '-c', 'mix ecto.migrate && /app/bin/server'] }),
      ['error mix-in-release @ image config mix ecto.migrate'],
    ],
    [
      'migrations: no module',
      shop({
        files: {
          '/app/lib/shop-0.1.0/ebin/Elixir.Shop.Release.beam': null,
          '/app/lib/shop-0.1.0/ebin/Elixir.Shop.beam': 'FOR1',
        },
      }),
      ['error no-such-release-command @ layer 3/4: /app/bin/migrate exec ./shop eval Shop.Release.migrate'],
    ],
    [
      'migrations: no bin/migrate',
      shop(
        {
          files: {
            '/app/bin/migrate': null,
            '/app/entrypoint.sh': { text: '#!/bin/sh -e\n/app/bin/migrate\nexec /app/bin/server\n', mode: 0o755 },
          },
        },
        { cmd: ['/app/entrypoint.sh'] },
      ),
      ['error no-such-release-command @ layer 3/4: /app/entrypoint.sh /app/bin/migrate'],
    ],
    [
      'server: off',
      shop({}, { cmd: ['/app/bin/shop', 'start'] }),
      ['warning server-off @ image config ["/app/bin/shop","start"]'],
    ],
    [
      'server: off for ever',
      shop({ runtime: runtime.replace('server: true', 'server: false') }),
      ['error server-flag-ignored @ layer 3/4: /app/bin/server PHX_SERVER=true'],
    ],
    [
      'host: none',
      shop({
        runtime: runtime.replace('System.fetch_env!("PHX_HOST")', 'System.get_env("PHX_HOST") || "example.com"'),
      }),
      ['info host-unset @ layer 3/4: /app/releases/0.1.0/runtime.exs "example.com"'],
    ],
    [
      'host: placeholder',
      shop({}, env(['PHX_HOST=example.com'])),
      ['error host-placeholder @ image config PHX_HOST=example.com'],
    ],
    [
      'host: malformed',
      shop({}, env(['PHX_HOST=https://shop.acme.org'])),
      ['error host-malformed @ image config PHX_HOST=https://shop.acme.org'],
    ],
    [
      'host: loopback',
      shop({ runtime: runtime.replace('{0, 0, 0, 0, 0, 0, 0, 0}', '{127, 0, 0, 1}') }),
      ['error bound-to-loopback @ layer 3/4: /app/releases/0.1.0/runtime.exs {127, 0, 0, 1}'],
    ],
    [
      'assets: none',
      shop({ files: none }),
      ['error assets-missing @ layer 3/4: /app/releases/0.1.0/sys.config <<112,114,105,118,47,115,116,97,116,105,'],
    ],
    [
      'assets: not digested',
      shop({ files: { ...none, [stale]: 'body{}' } }),
      [
        'error assets-not-digested @ layer 3/4: /app/releases/0.1.0/sys.config <<112,114,105,118,47,115,116,97,116,105,',
      ],
    ],
    [
      'assets: changed after the digest',
      shop({ files: { [stale]: 'body{color:red}' } }),
      ['error assets-overwritten @ layer 3/4: /app/lib/shop-0.1.0/priv/static/cache_manifest.json assets/app.css'],
    ],
    [
      'assets: a digested file is gone',
      shop({ files: { [`/app/lib/shop-0.1.0/priv/static/${digestedCss}`]: null } }),
      [
        'error assets-overwritten @ layer 3/4: /app/lib/shop-0.1.0/priv/static/cache_manifest.json assets/app-aa676972bbd2b68e94ef8e91e81d2',
      ],
    ],
    [
      'assets: a digested file is another',
      shop({ files: { [`/app/lib/shop-0.1.0/priv/static/${digestedCss}`]: 'tables' } }),
      [
        'error assets-overwritten @ layer 3/4: /app/lib/shop-0.1.0/priv/static/cache_manifest.json assets/app-aa676972bbd2b68e94ef8e91e81d2',
      ],
    ],
    [
      'assets: no manifest',
      shop({ files: { '/app/lib/shop-0.1.0/priv/static/cache_manifest.json': '[' } }),
      ['error assets-overwritten @ layer 3/4: /app/lib/shop-0.1.0/priv/static/cache_manifest.json ['],
    ],
    [
      'secrets: ENV',
      shop({}, env([`SECRET_KEY_BASE=${key}`])),
      ['error secret-in-layer @ image config SECRET_KEY_BASE=Zk3vQ9xT1mB7wR5yL2nC8pD4'],
    ],
    [
      'secrets: sys.config',
      shop({
        runtime: runtime.replace(/secret_key_base: secret_key_base\n/, 'check_origin: false\n'),
        endpoint: `{secret_key_base,<<"${key}">>},`,
      }),
      ['error secret-in-config @ layer 3/4: /app/releases/0.1.0/sys.config <<90,107,51,118,81,57,120,84,49,109,66,5'],
    ],
    [
      'secrets: history',
      shop(
        {},
        {
          history: [
            { createdBy: `RUN |2 MIX_ENV=prod HEX_TOKEN=${key} /bin/sh -c mix deps.get # buildkit`, emptyLayer: false },
          ],
        },
      ),
      ['error secret-in-history @ image history Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuI'],
    ],
    [
      'secrets: a file',
      shop({ files: { '/app/.env': `SECRET_KEY_BASE=${key}\n` } }),
      ['error secret-in-layer @ layer 3/4: /app/.env SECRET_KEY_BASE=Zk3vQ9xT1mB7wR5yL2nC8pD4'],
    ],
    [
      'secrets: a removed file',
      shop({}, {}, { gone: { '/app/.env': { text: `SECRET_KEY_BASE=${key}\n`, layer: 2, goneIn: 4 } } }),
      ['error secret-in-layer @ layer 2/4: /app/.env SECRET_KEY_BASE=Zk3vQ9xT1mB7wR5yL2nC8pD4'],
    ],
    [
      'secrets: a key',
      shop({ files: { '/app/id_rsa': '-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n' } }),
      ['error secret-in-layer @ layer 3/4: /app/id_rsa -----BEGIN OPENSSH PRIVATE KEY-----'],
    ],
    [
      'secrets: cookie',
      shop({}, env([`RELEASE_COOKIE=${key}`])),
      ['warning cookie-baked @ image config RELEASE_COOKIE=Zk3vQ9xT1mB7wR5yL2nC8pD4s'],
    ],
    [
      'health: no tool',
      shop({}, { healthcheck: { test: ['CMD-SHELL', 'curl -f http://localhost:4000/ || exit 1'] } }),
      ['error health-tool-missing @ image config curl -f http://localhost:4000/'],
    ],
    [
      'health: cannot fail',
      shop(
        { files: { '/usr/bin/curl': new Uint8Array(9) } },
        { healthcheck: { test: ['CMD', 'curl', 'http://localhost:4000/'] } },
      ),
      ['error health-check-cannot-fail @ image config ["curl","http://localhost:4000/"]'],
    ],
    [
      'health: the wrong port',
      shop(
        { files: { '/usr/bin/curl': new Uint8Array(9) } },
        { ...env(['PORT=4000']), healthcheck: { test: ['CMD', 'curl', '-f', 'http://localhost:8080/'] } },
      ),
      ['error health-unreachable @ image config ["curl","-f","http://localhost:8080/"]'],
    ],
    [
      'log level: debug',
      shop({ logger: '{level,debug}' }),
      ['error log-level-debug @ layer 3/4: /app/releases/0.1.0/sys.config debug'],
    ],
    [
      'log level: none',
      shop({ logger: '' }),
      ['error log-level-unset @ layer 3/4: /app/releases/0.1.0/sys.config %% coding: utf-8'],
    ],
    [
      'log level: ENV',
      shop(
        {
          runtime: `${runtime}\nconfig :logger, level: String.to_existing_atom(System.get_env("LOG_LEVEL", "info"))\n`,
        },
        env(['LOG_LEVEL=debug']),
      ),
      ['error log-level-debug @ image config LOG_LEVEL=debug'],
    ],
    [
      'secrets: a script',
      shop({ files: { '/app/start.sh': `#!/bin/sh\nexport MAIL_TOKEN=${key}\nexec /app/bin/server\n` } }),
      ['error secret-in-layer @ layer 3/4: /app/start.sh MAIL_TOKEN=Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH'],
    ],
    [
      'secrets: cookie in env.sh',
      shop({ files: { '/app/releases/0.1.0/env.sh': `#!/bin/sh\nexport RELEASE_COOKIE=${key}\n` } }),
      ['warning cookie-baked @ layer 3/4: /app/releases/0.1.0/env.sh RELEASE_COOKIE=Zk3vQ9xT1mB7wR5yL2nC8pD4s'],
    ],
    [
      'secrets: a dummy',
      shop({}, env(['SECRET_KEY_BASE=dummy'])),
      ['error secret-dummy-ships @ image config SECRET_KEY_BASE=dummy'],
    ],
    [
      'secrets: a fallback',
      shop({ runtime: runtime.replace('raise "environment variable SECRET_KEY_BASE is missing"', `"${key}"`) }),
      [`error secret-fallback @ layer 3/4: /app/releases/0.1.0/runtime.exs "${key.slice(0, 39)}`],
    ],
    [
      'secrets: not required',
      shop({ runtime: runtime.replace(' || raise "environment variable SECRET_KEY_BASE is missing"', '') }),
      ['warning secret-not-required @ layer 3/4: /app/releases/0.1.0/runtime.exs System.get_env("SECRET_KEY_BASE")'],
    ],
    [
      'health: a process',
      shop({}, { healthcheck: { test: ['CMD', '/app/bin/shop', 'pid'] } }),
      ['warning health-only-pid @ image config ["/app/bin/shop","pid"]'],
    ],
    [
      'health: a redirect',
      shop(
        { files: { '/usr/bin/curl': new Uint8Array(9) }, endpoint: '{force_ssl,[{hsts,true}]},' },
        { healthcheck: { test: ['CMD', 'curl', '-f', 'http://127.0.0.1:4000/health'] } },
      ),
      ['warning health-redirected @ image config ["curl","-f","http://127.0.0.1:4000/heal'],
    ],
    [
      'log level: a text',
      shop({ runtime: `${runtime}\nconfig :logger, level: System.get_env("LOG_LEVEL", "info")\n` }),
      ['error log-level-invalid @ layer 3/4: /app/releases/0.1.0/runtime.exs System.get_env("LOG_LEVEL", "info")'],
    ],
    [
      'log level: a default',
      shop({
        runtime: `${runtime}\nconfig :logger, level: String.to_existing_atom(System.get_env("LOG_LEVEL") || "debug")\n`,
      }),
      ['error log-level-default-debug @ layer 3/4: /app/releases/0.1.0/runtime.exs "debug"'],
    ],
    [
      'log level: queries',
      shop({ runtime: `${runtime}\nconfig :shop, Shop.Repo, log: :info\n` }),
      ['warning queries-logged @ layer 3/4: /app/releases/0.1.0/runtime.exs :info'],
    ],
    [
      'start: no release',
      imageOf({ files: { '/bin/sh': '' }, config: { cmd: ['/app/bin/server'] } }),
      ['error release-not-shipped @ image config "/app/bin/server"'],
    ],
    [
      'start: not there',
      shop({}, { cmd: ['/app/bin/serve'] }),
      ['error no-such-release-command @ image config "/app/bin/serve"'],
    ],
    [
      'start: not on the PATH',
      shop({}, { entrypoint: ['tini', '--'] }),
      ['error no-such-release-command @ image config "tini"'],
    ],
    [
      'start: not executable',
      shop({ server: { text: start, mode: 0o644 } }),
      ['error overlay-not-runnable @ layer 3/4: /app/bin/server #!/bin/sh'],
    ],
    ['start: CRLF', shop({ server: crlf }), ['error overlay-not-runnable @ layer 3/4: /app/bin/server #!/bin/sh']],
    [
      'start: no interpreter',
      shop({ server: start.replace('/bin/sh', '/bin/bash') }),
      ['error overlay-not-runnable @ layer 3/4: /app/bin/server #!/bin/bash'],
    ],
    [
      'start: for root only',
      shop({ server: { text: start, mode: 0o700 } }),
      ['error overlay-not-runnable @ layer 3/4: /app/bin/server #!/bin/sh'],
    ],
    [
      'image: Mix runs',
      shop({ files: { '/usr/local/bin/mix': '#!/usr/bin/env elixir\n' } }, { cmd: ['mix', 'phx.server'] }),
      ['info mix-image @ image config ["mix","phx.server"]'],
    ],
    [
      'image: sources',
      shop({ files: { '/usr/local/bin/mix': '#!/usr/bin/env elixir\n', '/src/mix.exs': 'x' } }),
      ['info mix-image @ layer 3/4: /src/mix.exs '],
    ],
    [
      'start: a shell in front',
      shop(
        { files: { '/app/entrypoint.sh': { text: '#!/bin/sh\n/app/bin/server\n', mode: 0o755 } } },
        { cmd: ['/app/entrypoint.sh'] },
      ),
      ['warning not-pid-1 @ layer 3/4: /app/entrypoint.sh /app/bin/server'],
    ],
    [
      'locale: none',
      shop({}, { env: ['PATH=/usr/bin:/bin', 'MIX_ENV=prod'] }),
      ['info locale-unset @ image config CMD ["/app/bin/server"]'],
    ],
    [
      'locale: not there',
      shop({ files: { '/usr/lib/locale/locale-archive': null } }),
      ['info locale-unset @ image config ENV LANG=en_US.UTF-8'],
    ],
    ['user: root', shop({}, { user: '' }), ['info runs-as-root @ image config CMD ["/app/bin/server"]']],
    ['user: root by number', shop({}, { user: '0:0' }), ['info runs-as-root @ image config USER 0:0']],
    [
      'certificates',
      shop({
        files: {
          '/etc/ssl/certs/ca-certificates.crt': null,
          '/app/releases/0.1.0/shop.rel':
            '{release,{"shop","0.1.0"},{erts,"14.2"},[{elixir,"1.17.3"},{shop,"0.1.0"},{req,"0.5.0"}]}.',
        },
      }),
      ['warning runner-libs @ layer 3/4: /app/releases/start_erl.data 14.2 0.1.0'],
    ],
    [
      'libc: too old',
      shop({ files: { ...beam(), '/usr/lib/x86_64-linux-gnu/libc.so.6': glibc(['GLIBC_2.2.5', 'GLIBC_2.31']) } }),
      ['error runner-mismatch @ layer 3/4: /app/erts-14.2/bin/beam.smp '],
    ],
    [
      'libc: musl',
      shop({
        files: { ...beam(), '/lib64/ld-linux-x86-64.so.2': null, '/lib/ld-musl-x86_64.so.1': new Uint8Array(8) },
      }),
      ['error runner-mismatch @ layer 3/4: /app/erts-14.2/bin/beam.smp '],
    ],
    [
      'libc: another machine',
      shop({ files: { ...beam({ machine: 183 }), ...bookworm } }),
      ['error runner-mismatch @ layer 3/4: /app/erts-14.2/bin/beam.smp '],
    ],
    [
      'libraries: of the run-time system',
      shop({ files: { ...beam({ needed: ['libc.so.6', 'libtinfo.so.6'] }), ...bookworm } }),
      ['error runner-libs @ layer 3/4: /app/erts-14.2/bin/beam.smp '],
    ],
    [
      'libraries: of a NIF',
      shop({
        files: { ...bookworm, '/app/lib/vix-0.1.0/priv/vix.so': elfOf({ needed: ['libc.so.6', 'libvips.so.42'] }) },
      }),
      ['warning runner-libs @ layer 3/4: /app/lib/vix-0.1.0/priv/vix.so '],
    ],
    [
      'a broken sys.config',
      shop({ endpoint: '{broken' }),
      ['error elixir-syntax @ layer 3/4: /app/releases/0.1.0/sys.config {'],
    ],
  ]
  test.each(wrong)('%s', async (_, image, expected) => {
    expect(await found(image)).toEqual(expected)
  })

  itTells(
    new URL('findings.out', import.meta.url),
    wrong.map(([title, image]) => [title, async () => told(await lint(image))]),
  )
})
