/** The sources of a Phoenix app with a database, healthy in production; `controller` is the body of its health action. */
export const healthSources = (controller: string): string => `
        -- mix.exs --
        defmodule Shop.MixProject do
          use Mix.Project
          def project, do: [app: :shop, version: "0.1.0"]
          def application, do: [mod: {Shop.Application, []}]
        end
        -- config/config.exs --
        import Config
        config :shop, ecto_repos: [Shop.Repo]
        config :logger, level: :info
        -- config/runtime.exs --
        import Config

        if config_env() == :prod do
          config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")
          config :shop, ShopWeb.Endpoint,
            server: true,
            url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"],
            http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: 4000],
            secret_key_base: System.fetch_env!("SECRET_KEY_BASE")
        end
        -- lib/shop/repo.ex --
        defmodule Shop.Repo do
          use Ecto.Repo, otp_app: :shop, adapter: Ecto.Adapters.Postgres
        end
        -- lib/shop/application.ex --
        defmodule Shop.Application do
          use Application

          def start(_type, _args) do
            migrator = {Ecto.Migrator, repos: [Shop.Repo]}
            Supervisor.start_link([Shop.Repo, migrator, ShopWeb.Endpoint], strategy: :one_for_one)
          end
        end
        -- lib/shop_web/endpoint.ex --
        defmodule ShopWeb.Endpoint do
          use Phoenix.Endpoint, otp_app: :shop
          plug Plug.RequestId
          plug ShopWeb.Router
        end
        -- lib/shop_web/router.ex --
        defmodule ShopWeb.Router do
          use Phoenix.Router

          get "/health", ShopWeb.HealthController, :show
        end
        -- lib/shop_web/health_controller.ex --
        defmodule ShopWeb.HealthController do
          use Phoenix.Controller, formats: [:json]

          def show(conn, _params) do
            ${controller.trim()}
          end
        end`

/** An action that asks the database and says so. */
export const askingAction = `case Shop.Repo.query("SELECT 1") do
              {:ok, _} -> json(conn, %{status: "ok"})
              {:error, _} -> conn |> put_status(503) |> json(%{status: "no database"})
            end`

/** An image with a health check; \`probe\` are the words of its HEALTHCHECK. */
export const probedImage = (probe: string, packages = 'ca-certificates curl'): string => `
        -- Dockerfile --
        FROM elixir:1.18 AS build
        WORKDIR /app
        ENV MIX_ENV=prod
        COPY . .
        RUN mix deps.get && mix release

        FROM debian:bookworm-slim
        WORKDIR /app
        RUN apt-get update && apt-get install -y libstdc++6 openssl libncurses6 ${packages}
        COPY --from=build /app/_build/prod/rel/shop ./
        USER nobody
        ${probe.trim()}
        CMD ["/app/bin/shop", "start"]`
