import Config
config :logger, level: :info
config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000]
