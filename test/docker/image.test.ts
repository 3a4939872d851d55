import { describe, expect, test } from 'vitest'
import { hasDocker, imageOf, readImage } from './docker.ts'
import { builder, config, overlay, runner, secret, shop } from './shop.ts'

const release = '/app/releases/0.1.0'

type Change = Readonly<Record<string, string>>
const shipped = (more: string, cmd?: string): Change => ({ Dockerfile: builder + runner(more, cmd) })
const prod = (line: string): Change => ({ 'config/prod.exs': `${config.prod}${line}\n` })
const runtime = (line: string): Change => ({ 'config/runtime.exs': `${config.runtime}${line}\n` })
const started = (line: string): Change => ({ 'rel/overlays/bin/server': overlay(line) })
const start = 'PHX_SERVER=true exec ./shop start'

/** A change of the healthy shop and what is found in its image. */
const cases: readonly (readonly [string, Change, readonly string[]])[] = [
  ['nothing', {}, []],
  ['runtime config: not Elixir', runtime('config :shop, ('), [`elixir-syntax ${release}/runtime.exs`]],
  ['runtime config: no such function', runtime('String.no("x")'), [`runtime-config-broken ${release}/runtime.exs`]],
  ['migrations: mix', started(`mix ecto.migrate && ${start}`), ['mix-in-release /app/bin/server']],
  ['host and server: off', shipped('', '["/app/bin/shop", "start"]'), ['server-off image config']],
  ['host and server: of a template', shipped('ENV PHX_HOST=example.com'), ['host-placeholder image config']],
  [
    'assets: none',
    prod('config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"'),
    [`assets-missing ${release}/sys.config`],
  ],
  ['secrets: in ENV', shipped(`ENV SECRET_KEY_BASE=${secret}`), ['secret-in-layer image config']],
  [
    'secrets: in sys.config',
    prod(`config :shop, Shop.Mailer, api_key: "${secret}"`),
    [`secret-in-config ${release}/sys.config`],
  ],
  [
    'secrets: a file that is removed',
    {
      '.env': `SECRET_KEY_BASE=${secret}\n`,
      Dockerfile: builder + runner('USER root\nCOPY .env /app/.env\nRUN rm /app/.env\nUSER nobody'),
    },
    ['secret-in-layer /app/.env'],
  ],
  ['secrets: the cookie', shipped(`ENV RELEASE_COOKIE=${secret}`), ['cookie-baked image config']],
  ['secrets: in the history', shipped(`ARG SECRET_KEY_BASE=${secret}\nRUN true`), ['secret-in-history image history']],
  ['health: no tool', shipped('HEALTHCHECK CMD curl -f http://127.0.0.1:4000/'), ['health-tool-missing image config']],
  ['log level: debug', prod('config :logger, level: :debug'), [`log-level-debug ${release}/sys.config`]],
  [
    'log level: by ENV',
    {
      ...shipped('ENV LOG_LEVEL=verbose'),
      ...runtime('config :logger, level: String.to_existing_atom(System.fetch_env!("LOG_LEVEL"))'),
    },
    ['log-level-invalid image config'],
  ],
  [
    'image: line ends of Windows',
    { 'rel/overlays/bin/server': overlay(start).replaceAll('\n', '\r\n') },
    ['overlay-not-runnable /app/bin/server'],
  ],
  ['image: no such program', shipped('', '["/app/bin/serve"]'), ['no-such-release-command image config']],
  [
    'image: no release',
    { Dockerfile: 'FROM runner:1\nCMD ["/app/bin/server"]\n' },
    ['release-not-shipped image config'],
  ],
]

describe.skipIf(!hasDocker)('docker save | docker-gotchas image, of a real mix release in an image with', () => {
  test.each(cases)('%s', (_, change, expected) => {
    expect(readImage(imageOf({ ...shop, ...change })).failing).toEqual(expected)
  })

  test('what informs only: root and no locale', () => {
    const Dockerfile = `${builder}${runner()}`.replace('USER nobody\n', '').replace('ENV LANG=C.UTF-8\n', '')
    const { informed } = readImage(imageOf({ ...shop, Dockerfile }))
    expect(informed).toEqual(['locale-unset image config', 'runs-as-root image config'])
  })
})
