import Config

host = System.get_env("PHX_HOST") || "example.com"
port = String.to_integer(System.get_env("PORT") || "4000")

config :shop, ShopWeb.Endpoint,
  url: [host: host, port: 443, scheme: "https"],
  http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: port],
  secret_key_base: String.duplicate("k", 8)

if System.get_env("PHX_SERVER"), do: config(:shop, ShopWeb.Endpoint, server: true)
