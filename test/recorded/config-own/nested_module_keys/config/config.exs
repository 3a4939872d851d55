import Config

config :shop, ShopWeb.Endpoint,
  url: [host: "localhost", port: 4000],
  render_errors: [formats: [html: ShopWeb.ErrorHTML, json: ShopWeb.ErrorJSON], layout: false],
  pubsub_server: Shop.PubSub,
  live_view: [signing_salt: "abc"]

config :esbuild,
  version: "0.17.11",
  default: [args: ~w(js/app.js --bundle), cd: Path.expand("../assets", "/app/config"), env: %{"NODE_PATH" => Path.expand("../deps", "/app/config")}]

config :phoenix, :json_library, Jason
config :shop, :generators, timestamp_type: :utc_datetime
