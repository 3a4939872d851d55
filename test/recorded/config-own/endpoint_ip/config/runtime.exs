import Config

{:ok, ip} = :inet.parse_address(System.get_env("LISTEN_IP", "0.0.0.0") |> String.to_charlist())

config :shop, ShopWeb.Endpoint, http: [ip: ip, port: 4000]
