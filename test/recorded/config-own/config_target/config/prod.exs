import Config

config :shop, imported: true, target: {:prod, config_target()}
