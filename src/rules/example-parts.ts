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
