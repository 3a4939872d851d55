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
