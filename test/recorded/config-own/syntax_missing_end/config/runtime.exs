import Config

if config_env() == :prod do
  config :shop, a: 1
