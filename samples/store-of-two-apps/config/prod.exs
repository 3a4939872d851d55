import Config
config :store_web, StoreWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json", server: true
config :logger, level: :info
