import Config

config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"

config :shop, Shop.Mailer, adapter: Swoosh.Adapters.Postmark

config :swoosh, api_client: Swoosh.ApiClient.Req

config :logger, level: :info
