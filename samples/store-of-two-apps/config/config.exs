import Config
config :store, ecto_repos: [Store.Repo]
config :store_web, StoreWeb.Endpoint, url: [host: "localhost"], adapter: Bandit.PhoenixAdapter, live_view: [signing_salt: "a9Lq2mVx"]
config :phoenix, :json_library, Jason
import_config "#{config_env()}.exs"
