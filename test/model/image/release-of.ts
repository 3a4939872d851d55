import { createHash } from 'node:crypto'
import type { TestFile, TestImage } from './image-of.ts'

/** What of a good release of a shop is other in a test. */
export interface TestRelease {
  /** What comes into the config of the endpoint, as Erlang, each with a comma behind it. */
  readonly endpoint?: string
  /** More applications, as Erlang, each with a comma in front of it. */
  readonly apps?: string
  readonly logger?: string
  /** `validate_compile_env`, as Erlang. */
  readonly validated?: string
  /** A config provider before runtime.exs, as Erlang with a comma behind it. */
  readonly provider?: string
  readonly runtime?: string | null
  readonly server?: TestFile | null
  readonly files?: Readonly<Record<string, TestFile | null>>
}

export const runtime = `import Config

if System.get_env("PHX_SERVER") do
  config :shop, ShopWeb.Endpoint, server: true
end

if config_env() == :prod do
  database_url = System.get_env("DATABASE_URL") || raise "environment variable DATABASE_URL is missing"
  config :shop, Shop.Repo, url: database_url, pool_size: String.to_integer(System.get_env("POOL_SIZE") || "10")

  secret_key_base = System.get_env("SECRET_KEY_BASE") || raise "environment variable SECRET_KEY_BASE is missing"
  host = System.fetch_env!("PHX_HOST")
  port = String.to_integer(System.get_env("PORT") || "4000")

  config :shop, ShopWeb.Endpoint,
    url: [host: host, port: 443, scheme: "https"],
    http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: port],
    secret_key_base: secret_key_base
end
`

/** Strings in binaries as the numbers of their bytes, as `mix release` writes them. */
export const asBytes = (text: string): string =>
  text.replace(/<<"([^"]*)">>/g, (_, inner: string) => `<<${[...new TextEncoder().encode(inner)].join(',')}>>`)

const hashed = (text: string) => createHash('md5').update(text).digest('hex')

/** priv/static after `mix phx.digest`. */
export function digested(assets: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const latest: Record<string, string> = {}
  const digests: Record<string, unknown> = {}
  const files: Record<string, string> = {}
  for (const [path, text] of Object.entries(assets)) {
    const digest = hashed(text)
    const named = path.replace(/(\.\w+)$/, `-${digest}$1`)
    latest[path] = named
    const sha512 = createHash('sha512').update(text).digest('base64')
    digests[named] = { logical_path: path, mtime: 63_900_000_000, size: text.length, digest, sha512 }
    files[path] = text
    files[named] = text
  }
  return { ...files, 'cache_manifest.json': JSON.stringify({ latest, version: 1, digests }) }
}

/** The files of a release of a shop below `/app`, as a real one has them, and the config of its image. */
export function releaseOf(release: TestRelease = {}): TestImage {
  const { endpoint = '', apps = '', logger = '{level,info}', server, validated = '[]', provider = '' } = release
  const config = `%% coding: utf-8
%% RUNTIME_CONFIG=true
[{shop,[{ecto_repos,['Elixir.Shop.Repo']},{'Elixir.ShopWeb.Endpoint',[${endpoint}{url,[{host,<<"localhost">>}]},{adapter,'Elixir.Bandit.PhoenixAdapter'},{cache_static_manifest,<<"priv/static/cache_manifest.json">>},{live_view,[{signing_salt,<<"qTmMRAHh">>}]}]}]},{logger,[${logger}]},{phoenix,[{json_library,'Elixir.Jason'}]}${apps},{elixir,[{config_provider_init,#{'__struct__' => 'Elixir.Config.Provider',config_path => {system,<<"RELEASE_SYS_CONFIG">>,<<".config">>},extra_config => [],providers => [${provider}{'Elixir.Config.Reader',{{system,<<"RELEASE_ROOT">>,<<"/releases/0.1.0/runtime.exs">>},[{env,prod},{target,host},{imports,disabled}]}}],prune_runtime_sys_config_after_boot => false,reboot_system_after_config => false,validate_compile_env => ${validated}}}]}].
`
  const statics = Object.fromEntries(
    Object.entries(digested({ 'assets/app.css': 'body{}', 'assets/app.js': 'x()', 'robots.txt': '' })).map(
      ([path, text]) => [`/app/lib/shop-0.1.0/priv/static/${path}`, text] as const,
    ),
  )
  const files: Record<string, TestFile | null> = {
    '/app/bin/shop': `#!/bin/sh
set -e
RELEASE_COOKIE="\${RELEASE_COOKIE:-"$(cat "$RELEASE_ROOT/releases/COOKIE")"}"
exec "$RELEASE_ROOT/erts/bin/erl" "$@"
`,
    '/app/bin/shop.bat': '@echo off\n',
    '/app/bin/server':
      server ?? '#!/bin/sh\nset -eu\n\ncd -P -- "$(dirname -- "$0")"\nPHX_SERVER=true exec ./shop start\n',
    '/app/bin/migrate': '#!/bin/sh\nset -eu\n\ncd -P -- "$(dirname -- "$0")"\nexec ./shop eval Shop.Release.migrate\n',
    '/app/erts-14.2/bin/erl': '#!/bin/sh\n',
    '/app/lib/shop-0.1.0/ebin/shop.app': '{application,shop,[]}.',
    '/app/lib/shop-0.1.0/ebin/Elixir.Shop.Release.beam': 'FOR1',
    '/app/releases/COOKIE': 'NQ3BYJ6XWZ5AUR7DKTVGLHC4MSEF2OIP',
    '/app/releases/start_erl.data': '14.2 0.1.0',
    '/app/releases/0.1.0/sys.config': asBytes(config),
    '/app/releases/0.1.0/runtime.exs': release.runtime === undefined ? runtime : release.runtime,
    '/app/releases/0.1.0/env.sh': '#!/bin/sh\n\n# export RELEASE_MODE=interactive\n',
    '/app/releases/0.1.0/vm.args': '## flags\n',
    '/app/releases/0.1.0/shop.rel':
      '{release,{"shop","0.1.0"},{erts,"14.2"},[{kernel,"9.2",permanent},{elixir,"1.17.3",permanent},{phoenix,"1.7.14",permanent},{ecto_sql,"3.12.0",permanent},{postgrex,"0.19.0",permanent},{bandit,"1.5.7",permanent},{shop,"0.1.0",permanent}]}.',
    ...statics,
    '/bin/sh': new Uint8Array(4),
    '/usr/lib/locale/locale-archive': new Uint8Array(4),
    '/usr/bin/env': new Uint8Array(4),
    '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
    '/etc/os-release':
      'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
    '/etc/ssl/certs/ca-certificates.crt': '-----BEGIN CERTIFICATE-----\n',
    ...(release.files ?? {}),
  }
  const kept = Object.entries(files).flatMap(([path, file]) => (file === null ? [] : [[path, file] as const]))
  return {
    files: Object.fromEntries(kept),
    config: {
      env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=en_US.UTF-8', 'MIX_ENV=prod'],
      cmd: ['/app/bin/server'],
      workingDir: '/app',
      user: 'nobody',
    },
  }
}
