import Config
config :shop, extra: [a: 1], secret: System.get_env("SECRET") || "from extra"
