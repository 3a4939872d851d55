import Config
config :logger, level: :info
config :shop, ecto_repos: [Shop.Repo]
