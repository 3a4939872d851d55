/** The smallest image of a release, started by its own script. */
export const releaseImage = `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix release

        FROM debian:bookworm-slim
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop /app
        USER nobody
        CMD ["/app/bin/shop", "start"]`.slice(1)

/** A Phoenix app as `mix phx.new` generates its production config, for the examples of rules. */
export const shopSources = `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/config.exs --
        import Config
        config :logger, level: :info
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs --
        import Config

        if System.get_env("PHX_SERVER") do
          config :shop, ShopWeb.Endpoint, server: true
        end
        -- lib/shop_web/endpoint.ex --
        defmodule ShopWeb.Endpoint do
          use Phoenix.Endpoint, otp_app: :shop
        end`

/** A Phoenix app with assets, healthy in production. */
export const assetsSources = `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project

          def project do
            [app: :shop, version: "0.1.0", aliases: aliases(), deps: [{:phoenix, "~> 1.8"}, {:esbuild, "~> 0.10"}]]
          end

          defp aliases, do: ["assets.deploy": ["esbuild shop --minify", "phx.digest"]]
        end
        -- config/config.exs --
        import Config
        config :logger, level: :info
        config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"],
            http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000],
            secret_key_base: System.fetch_env!("SECRET_KEY_BASE")
        end
        -- assets/js/app.js --
        console.log("shop")
        -- lib/shop_web/endpoint.ex --
        defmodule ShopWeb.Endpoint do
          use Phoenix.Endpoint, otp_app: :shop
        end`

/** An image of the Phoenix app above with assets; `build` are the steps of its build stage, in lines of eight blanks. */
export const assetsImage = (build: string): string => `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        ${build.trim()}

        FROM debian:bookworm-slim
        WORKDIR /app
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ca-certificates
        COPY --from=build /app/_build/prod/rel/shop ./
        USER nobody
        CMD ["/app/bin/shop", "start"]
${assetsSources}`

/** A release made in the image `builder`; `runner` is the FROM of the stage that ships, with what installs its packages. */
export const builtAndRunOn = (builder: string, runner: string): string => `
        -- Dockerfile --
        FROM ${builder} AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix deps.get && mix release

        ${runner}
        WORKDIR /app
        COPY --from=build /app/_build/prod/rel/shop ./
        USER nobody
        CMD ["/app/bin/shop", "start"]`

/** The release of a Phoenix app with a database, healthy but for what migrates it; Fly calls `bin/migrate`. */
export const repoImage = `
        -- Dockerfile --
        FROM elixir:1.18 AS build
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
        -- fly.toml --
        [deploy]
          release_command = "/app/bin/migrate"
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0", deps: [{:ecto_sql, "~> 3.13"}, {:postgrex, ">= 0.0.0"}]]
        end
        -- config/config.exs --
        import Config
        config :logger, level: :info
        config :shop, ecto_repos: [Shop.Repo]
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")
        end
        -- lib/shop/repo.ex --
        defmodule Shop.Repo do
          use Ecto.Repo, otp_app: :shop, adapter: Ecto.Adapters.Postgres
        end`

/** What migrates the app above, as its release can call it. */
export const repoRelease = `
        -- lib/shop/release.ex --
        defmodule Shop.Release do
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
        -- rel/overlays/bin/migrate --
        #!/bin/sh
        set -eu

        cd -P -- "$(dirname -- "$0")"
        exec ./shop eval Shop.Release.migrate`

/** A Phoenix app whose `runtime.exs` is `runtime`, in lines of eight blanks. */
export const shopWith = (runtime: string): string => `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
        end
        -- config/config.exs --
        import Config
        config :logger, level: :info
        config :shop, ShopWeb.Endpoint, http: [port: 4000]
        -- config/runtime.exs --
        import Config

        ${runtime.trim()}
        -- lib/shop_web/endpoint.ex --
        defmodule ShopWeb.Endpoint do
          use Phoenix.Endpoint, otp_app: :shop
        end`

/** `notation` with carets under the first `part` of it. */
export function marked(notation: string, part: string): string {
  const at = notation.indexOf(part)
  const column = at - notation.lastIndexOf('\n', at) - 1
  const end = notation.indexOf('\n', at)
  const [before, after] = end === -1 ? [notation, ''] : [notation.slice(0, end), notation.slice(end)]
  return `${before}\n${' '.repeat(column)}${'^'.repeat(part.length)}${after}`
}
