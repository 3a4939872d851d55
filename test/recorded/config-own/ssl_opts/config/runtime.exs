import Config

ssl? = System.get_env("DATABASE_SSL", "true") != "false"
host = System.get_env("DATABASE_HOST", "localhost")

ssl_opts =
  case System.get_env("DATABASE_CA") do
    nil -> [verify: :verify_none]
    "" -> [verify: :verify_none]
    path -> [verify: :verify_peer, cacertfile: path, server_name_indication: String.to_charlist(host), depth: 3]
  end

config :shop, Shop.Repo, ssl: ssl?, ssl_opts: ssl_opts
config :shop, Shop.Repo, [ssl_opts: [customize_hostname_check: [match_fun: &is_binary/1]]]
