import Config

config :shop, ShopWeb.Endpoint, cache_static_manifest: "priv/static/cache_manifest.json"

config :shop, Shop.Mailer,
  adapter: Swoosh.Adapters.Postmark,
  api_key: System.get_env("POSTMARK_API_KEY")

config :swoosh, api_client: Swoosh.ApiClient.Req

config :logger, level: :info
