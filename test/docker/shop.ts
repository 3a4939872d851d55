/** A secret that nobody uses. */
export const secret = 'Zk3vQ9xT1mB7wR5yL2nC8pD4sF6gH0jKqWeRtYuIoPaSdFgHjKlZxCvBnM1234Qz'

const script = (line: string) => `#!/bin/sh\nset -eu\n\ncd -P -- "$(dirname -- "$0")"\n${line}\n`

/** The stage that makes a release, by the real `mix`. */
export const builder = `FROM elixir:1.14 AS build
WORKDIR /src
ENV MIX_ENV=prod
COPY . .
RUN mix release
`

/** The stage that ships it; `more` comes before its CMD. */
export const runner = (more = '', cmd = '["/app/bin/server"]') => `
FROM runner:1
WORKDIR /app
ENV LANG=C.UTF-8
COPY --from=build /src/_build/prod/rel/shop ./
USER nobody
${more}${more && '\n'}CMD ${cmd}
`

export const config = {
  config: `import Config

config :shop, ShopWeb.Endpoint, url: [host: "localhost"]
config :logger, :console, format: "$time [$level] $message\\n"

import_config "#{config_env()}.exs"
`,
  prod: 'import Config\n\nconfig :logger, level: :info\n',
  runtime: `import Config

if System.get_env("PHX_SERVER"), do: config(:shop, ShopWeb.Endpoint, server: true)

if config_env() == :prod do
  secret_key_base = System.get_env("SECRET_KEY_BASE") || raise "environment variable SECRET_KEY_BASE is missing"
  host = System.fetch_env!("PHX_HOST")
  port = String.to_integer(System.get_env("PORT") || "4000")

  config :shop, ShopWeb.Endpoint,
    url: [host: host, port: 443, scheme: "https"],
    http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: port],
    secret_key_base: secret_key_base
end
`,
}

/** A healthy app without dependencies, which the real `mix release` builds without a network. */
export const shop: Readonly<Record<string, string>> = {
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project

  def project, do: [app: :shop, version: "0.1.0", elixir: "~> 1.14", start_permanent: true, deps: []]

  def application, do: [mod: {Shop, []}, extra_applications: [:logger, :crypto]]
end
`,
  'lib/shop.ex': `defmodule Shop do
  use Application

  def start(_type, _args), do: Supervisor.start_link([], strategy: :one_for_one)
end

defmodule Shop.Release do
  def migrate, do: :ok
end
`,
  'config/config.exs': config.config,
  'config/prod.exs': config.prod,
  'config/runtime.exs': config.runtime,
  'rel/overlays/bin/server': script('PHX_SERVER=true exec ./shop start'),
  'rel/overlays/bin/migrate': script('exec ./shop eval Shop.Release.migrate'),
  '.dockerignore': 'Dockerfile\n',
  Dockerfile: builder + runner(),
}

/** A script of rel/overlays/bin. */
export const overlay = script
