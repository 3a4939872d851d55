import Config

config :store, ecto_repos: [Store.Repo]
config :store_web, ecto_repos: [Store.Repo], generators: [context_app: :store]
config :store_web, StoreWeb.Endpoint,
  adapter: Bandit.PhoenixAdapter,
  url: [host: "localhost"],
  pubsub_server: Store.PubSub
config :phoenix, :json_library, Jason

import_config "#{config_env()}.exs"
