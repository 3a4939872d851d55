use Mix.Config
config :shop, imported: :test
