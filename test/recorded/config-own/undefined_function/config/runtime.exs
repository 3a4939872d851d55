import Config

config :shop, v: get_env("PORT")
