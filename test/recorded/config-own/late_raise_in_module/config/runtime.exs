import Config
config :shop, secret: System.get_env("SECRET_KEY_BASE", "rt")
