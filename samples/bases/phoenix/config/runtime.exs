import Config
config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000]
