import Config

if config_env() == :prod do
  config :shop, ShopWeb.Endpoint,
    server: true,
    http: [port: 4000]
end
