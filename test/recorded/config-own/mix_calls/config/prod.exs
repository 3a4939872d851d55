import Config
config :shop, imported: :prod
