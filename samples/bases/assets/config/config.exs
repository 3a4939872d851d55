import Config
config :logger, level: :info
config :shop, ShopWeb.Endpoint, server: true, http: [port: 4000]
config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"
