import type { Texts } from '../text/example.ts'

/** Names a project of which examples are changes. */
export type BaseName = 'assets' | 'health' | 'phoenix' | 'release' | 'repo'

/** What stands in samples/bases, written by test/bases.test.ts: change it there. */
export const bases: Readonly<Record<BaseName, Texts>> = {
  assets: {
    Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix deps.get
RUN mix assets.deploy
RUN mix release

FROM debian:bookworm-slim
WORKDIR /app
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
COPY --from=build /app/_build/prod/rel/shop ./
USER nobody
CMD ["/app/bin/shop", "start"]
ENV LANG=C.UTF-8
`,
    'assets/js/app.js': `console.log("shop")
`,
    'config/config.exs': `import Config
config :logger, level: :info
config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000]
config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"
`,
    'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", aliases: aliases()]
  defp aliases do
    [
      "assets.deploy": ["tailwind shop", "esbuild shop", "phx.digest"]
    ]
  end
end
`,
  },
  health: {
    Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix deps.get && mix release

FROM debian:bookworm-slim
WORKDIR /app
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates curl
COPY --from=build /app/_build/prod/rel/shop ./
USER nobody
HEALTHCHECK CMD curl -fsS http://localhost:4000/health
CMD ["/app/bin/shop", "start"]
ENV LANG=C.UTF-8
`,
    'config/config.exs': `import Config
config :logger, level: :info
config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000]
`,
    'lib/shop/repo.ex': `defmodule Shop.Repo do
  use Ecto.Repo, otp_app: :shop, adapter: Ecto.Adapters.Postgres
end
`,
    'lib/shop_web/endpoint.ex': `defmodule ShopWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :shop
  plug Plug.RequestId
  plug ShopWeb.Router
end
`,
    'lib/shop_web/health_controller.ex': `defmodule ShopWeb.HealthController do
  use Phoenix.Controller

  def show(conn, _params) do
    case Shop.Repo.query("SELECT 1") do
      {:ok, _} -> json(conn, %{status: "ok"})
      {:error, _} -> conn |> put_status(503) |> json(%{status: "bad"})
    end
  end
end
`,
    'lib/shop_web/router.ex': `defmodule ShopWeb.Router do
  use Phoenix.Router

  get "/health", ShopWeb.HealthController, :show
end
`,
    'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
end
`,
  },
  phoenix: {
    Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
COPY --from=build /app/_build/prod/rel/shop /app
USER nobody
CMD ["/app/bin/shop", "start"]
ENV LANG=C.UTF-8
`,
    'config/config.exs': `import Config
config :logger, level: :info
`,
    'config/runtime.exs': `import Config

if config_env() == :prod do
  config :shop, ShopWeb.Endpoint,
    server: true,
    http: [port: 4000]
end
`,
    'lib/shop_web/endpoint.ex': `defmodule ShopWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :shop
end
`,
    'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
end
`,
  },
  release: {
    Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
COPY --from=build /app/_build/prod/rel/shop /app
USER nobody
CMD ["/app/bin/shop", "start"]
ENV LANG=C.UTF-8
`,
    'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
end
`,
  },
  repo: {
    Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release

FROM debian:bookworm-slim
WORKDIR /app
RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
COPY --from=build /app/_build/prod/rel/shop ./
USER nobody
CMD ["/app/bin/shop", "start"]
ENV LANG=C.UTF-8
`,
    'config/config.exs': `import Config
config :logger, level: :info
config :shop, ecto_repos: [Shop.Repo]
`,
    'config/runtime.exs': `import Config

if config_env() == :prod do
  config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")
end
`,
    'fly.toml': `[deploy]
  release_command = "/app/bin/migrate"
`,
    'lib/shop/release.ex': `defmodule Shop.Release do
  @moduledoc "Migrates the database in production, where there is no Mix."

  @app :shop

  def migrate do
    load_app()

    for repo <- repos() do
      {:ok, _, _} = Ecto.Migrator.with_repo(repo, &Ecto.Migrator.run(&1, :up, all: true))
    end
  end

  def rollback(repo, version) do
    load_app()
    {:ok, _, _} = Ecto.Migrator.with_repo(repo, &Ecto.Migrator.run(&1, :down, to: version))
  end

  defp repos, do: Application.fetch_env!(@app, :ecto_repos)

  defp load_app do
    Application.ensure_all_started(:ssl)
    Application.ensure_loaded(@app)
  end
end
`,
    'lib/shop/repo.ex': `defmodule Shop.Repo do
  use Ecto.Repo, otp_app: :shop, adapter: Ecto.Adapters.Postgres
end
`,
    'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", deps: [{:ecto_sql, "~> 3.13"}, {:postgrex, ">= 0.0.0"}]]
end
`,
    'rel/overlays/bin/migrate': `#!/bin/sh
set -eu

cd -P -- "$(dirname -- "$0")"
exec ./shop eval Shop.Release.migrate
`,
  },
}
