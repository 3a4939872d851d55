import Config

config :shop, Shop.Repo,
  username: "postgres",
  password: "postgres",
  hostname: "localhost",
  database: "shop_dev"

config :shop, ShopWeb.Endpoint,
  http: [ip: {127, 0, 0, 1}, port: 4000],
  check_origin: false,
  code_reloader: true,
  debug_errors: true,
  secret_key_base: "only-for-development-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"

config :logger, :default_formatter, format: "[$level] $message\n"
