import { describe, expect, test } from 'vitest'
import { answer, bootWith, listenersOf, whatIsKnown } from './boot-of.ts'

const lock = (phoenix: string) => `%{\n  "phoenix": {:hex, :phoenix, "${phoenix}", "", [:mix], [], "hexpm", ""},\n}\n`

/** A folder with nothing but a runtime.exs that configures an endpoint on Bandit. */
const endpoint = (settings: string, more: Readonly<Record<string, string>> = {}) => ({
  'config/runtime.exs': `import Config
config :logger, level: :info
config :app, AppWeb.Endpoint,
  adapter: Bandit.PhoenixAdapter,
  ${settings}
`,
  ...more,
})

describe('Endpoint.url()', () => {
  test.each([
    ['url: [host: "a.b"]', 'http://a.b'],
    ['url: [host: "a.b"], http: [port: 4000]', 'http://a.b:4000'],
    ['url: [host: "a.b", port: 443]', 'http://a.b:443'],
    ['url: [host: "a.b", scheme: "https"], http: [port: 4000]', 'https://a.b:4000'],
    ['url: [host: "a.b", scheme: "https", port: "8443"]', 'https://a.b:8443'],
    ['url: [host: "a.b", path: "/shop"], http: [port: 80]', 'http://a.b'],
    ['url: [host: "https://a.b", scheme: "https", port: 443]', 'https://[https://a.b]'],
    ['url: [host: ""]', 'http://'],
    ['url: [host: nil, scheme: nil, port: nil]', 'http://localhost'],
    ['url: nil, https: [port: 4443]', 'https://localhost:4443'],
    ['https: [port: 443], http: [port: 80]', 'https://localhost'],
    ['http: []', 'http://localhost'],
    ['url: [host: {:system, "HOST"}]', 'http://of.system'],
    ['url: [host: "a.b", scheme: "wss", port: 443]', 'wss://a.b'],
    ['url: [host: "a.b", scheme: "gopher", port: 70]', 'gopher://a.b:70'],
  ])('%s', async (settings, url) => {
    const outcome = await bootWith(endpoint(settings), { HOST: 'of.system' })
    expect({ verdict: outcome?.verdict, url: whatIsKnown(outcome?.url) }).toEqual({ verdict: 'boots', url })
  })
})

describe('where it listens', () => {
  test.each([
    ['server: true, http: [port: 4000]', [{ scheme: 'http', ip: '0.0.0.0', port: 4000 }]],
    ['server: true, http: [ip: {0, 0, 0, 0, 0, 0, 0, 1}, port: "80"]', [{ scheme: 'http', ip: '::1', port: 80 }]],
    ['server: true, http: [:inet6, port: 1]', [{ scheme: 'http', ip: '::', port: 1 }]],
    ['server: true, http: []', [{ scheme: 'http', ip: '0.0.0.0', port: 4000 }]],
    ['server: true, http: [ip: :loopback]', [{ scheme: 'http', ip: '127.0.0.1', port: 4000 }]],
    ['server: true, http: [ip: {:local, "/s"}, port: 0]', [{ scheme: 'http', ip: 'unix:/s', port: 0 }]],
    [
      'server: true, http: [ip: {0x2001, 0xdb8, 0, 0, 1, 0, 0, 0}, port: 1]',
      [{ scheme: 'http', ip: '2001:db8:0:0:1::', port: 1 }],
    ],
    ['server: true', []],
    ['server: true, http: false', []],
    ['server: false, http: [port: 1]', undefined],
    ['http: [port: 1]', undefined],
  ])('%s', async (settings, listeners) => {
    const outcome = await bootWith(endpoint(settings), {})
    expect(outcome?.verdict).toBe('boots')
    // An endpoint that is not here may have an address of its own.
    expect(answer(outcome?.listens)).toBe(listeners === undefined ? false : listeners.length > 0 || undefined)
    if (listeners) expect(listenersOf(outcome)).toEqual(listeners)
  })

  test('`serve_endpoints` counts where the endpoint says nothing', async () => {
    const files = endpoint('http: [port: 1]\nconfig :phoenix, :serve_endpoints, true')
    expect((await bootWith(files, {}))?.listens).toBe('yes')
  })
})

describe('what aborts the start', () => {
  test.each([
    ['server: "true"', 'BadBooleanError'],
    ['server: nil', 'BadBooleanError'],
    ['server: true, http: [port: "http"]', 'ArgumentError'],
    ['server: true, http: [port: nil]', 'FunctionClauseError'],
    ['server: true, http: [port: {:system, "PORT"}]', 'FunctionClauseError'],
    ['server: true, http: [port: 65_536]', 'no port 65536'],
    ['server: true, http: [ip: "0.0.0.0"]', 'no IP address'],
    ['server: true, http: [port: 1, transport_options: [socket_opts: [:inet6]]]', 'Unsupported key(s)'],
    ['url: "https://a.b"', 'Protocol.UndefinedError'],
    ['url: [host: ~c"a.b"]', 'FunctionClauseError'],
    ['url: [host: "a.b", port: "https"]', 'ArgumentError'],
    ['http: true', 'Protocol.UndefinedError'],
    ['debug_errors: true', 'compile time'],
    ['force_ssl: [hsts: true]', 'compile time'],
    ['url: []\nconfig :logger, level: "info"', 'invalid_level'],
    ['url: []\nconfig :logger, level: nil', 'invalid_level'],
    ['url: []\nconfig :app, ecto_repos: [App.Repo]\nconfig :app, App.Repo, url: "db"', 'host is not present'],
    [
      'url: []\nconfig :app, ecto_repos: [App.Repo]\nconfig :app, App.Repo, url: "ecto://u:p#w@h/db"',
      'should be a database name',
    ],
    ['url: []\nconfig :app, ecto_repos: [App.Repo]\nconfig :app, App.Repo, pool_size: "10"', 'ranges'],
    ['url: []\nconfig :app, ecto_repos: [App.Repo]\nconfig :app, App.Repo, url: "ecto://h/d?pool_size=x"', 'integer'],
  ])('%s', async (settings, message) => {
    const outcome = await bootWith(endpoint(settings), {})
    expect(outcome?.verdict).toBe('crashes')
    expect(outcome?.crash?.message).toContain(message)
    expect(outcome?.crash?.span?.source.path).toBe('config/runtime.exs')
    expect(outcome?.listens).toBe('no')
  })

  test.each([
    ['server: true, http: [port: 1, transport_options: []], adapter: Phoenix.Endpoint.Cowboy2Adapter'],
    ['http: [port: "x"], url: [port: 1]'],
    ['url: []\nconfig :app, ecto_repos: [App.Repo]\nconfig :app, App.Repo, url: ""'],
    ['url: []\nconfig :app, ecto_repos: [App.Repo]\nconfig :app, App.Repo, url: "ecto:///db?socket_dir=/run"'],
  ])('and what does not: %s', async (settings) => {
    const text = endpoint(settings)['config/runtime.exs']
    const own = settings.includes('Cowboy2') ? text.replace('adapter: Bandit.PhoenixAdapter,\n', '') : text
    expect((await bootWith({ 'config/runtime.exs': own }, {}))?.verdict).toBe('boots')
  })

  test.each([
    ['1.7.24', 'boots'],
    ['1.6.0', 'boots'],
    ['1.8.0', 'crashes'],
    ['1.8.12', 'crashes'],
  ])('Phoenix %s with `force_ssl` in runtime.exs alone %s', async (version, verdict) => {
    const files = endpoint('force_ssl: [hsts: true]', { 'mix.lock': lock(version) })
    expect((await bootWith(files, {}))?.verdict).toBe(verdict)
  })
})

describe('what is not known', () => {
  const runtime = endpoint(`server: true,
  url: [host: System.get_env("PHX_HOST") || "example.com", scheme: "https", port: 443],
  http: [port: String.to_integer(System.get_env("PORT") || "4000")]`)

  test('stays unknown, and the rest is said', async () => {
    const outcome = await bootWith(runtime, undefined)
    expect(outcome?.url.kind).toBe('unknown')
    expect(outcome?.listens).toBe('yes')
    expect(listenersOf(outcome)).toEqual([{ scheme: 'http', ip: '0.0.0.0', port: undefined }])
    expect(outcome?.variables.map(({ name, required, default: given }) => [name, required, given])).toEqual([
      ['PHX_HOST', false, 'example.com'],
      ['PORT', false, '4000'],
    ])
  })

  test('a required variable that may be given makes the verdict unknown', async () => {
    const outcome = await bootWith(endpoint('secret_key_base: System.fetch_env!("SECRET_KEY_BASE")'), undefined)
    expect(outcome?.verdict).toBe('unknown')
    expect(outcome?.variables.map(({ name, required }) => [name, required])).toEqual([['SECRET_KEY_BASE', true]])
  })
})

test('a script that is too large or too deep for us is not known', async () => {
  for (const text of [
    `import Config\n${'# a\n'.repeat(300_000)}`,
    `import Config\nx = ${'('.repeat(9000)}${')'.repeat(9000)}`,
  ]) {
    const outcome = await bootWith({ 'config/runtime.exs': text }, {})
    expect(outcome?.verdict).toBe('unknown')
  }
})
