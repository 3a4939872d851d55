import Config
if config_env() == :prod do
  config :store, Store.Repo, url: System.fetch_env!("DATABASE_URL"), pool_size: 10
  config :store_web, StoreWeb.Endpoint,
    url: [host: System.fetch_env!("PHX_HOST"), port: 443, scheme: "https"],
    http: [ip: {0, 0, 0, 0}, port: 4000],
    secret_key_base: System.fetch_env!("SECRET_KEY_BASE")
end
