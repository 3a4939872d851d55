import Config

config :shop, Shop.Repo,
  username: "postgres",
  password: "postgres",
  hostname: "localhost",
  database: "shop_test",
  pool: Ecto.Adapters.SQL.Sandbox

config :shop, ShopWeb.Endpoint,
  http: [ip: {127, 0, 0, 1}, port: 4002],
  secret_key_base: "only-for-tests-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP",
  server: false

config :logger, level: :warning
