import Config

database_url = System.get_env("DATABASE_URL") || raise("environment variable DATABASE_URL is missing")
uri = URI.parse(database_url)
[user, password] = String.split(uri.userinfo, ":")

config :shop, Shop.Repo,
  username: user,
  password: password,
  hostname: uri.host,
  port: uri.port || 5432,
  database: String.trim_leading(uri.path, "/"),
  parameters: URI.decode_query(uri.query || "")
