import Config

if config_env() == :prod do
  config :ledger, Ledger.Repo, url: System.fetch_env!("DATABASE_URL")

  config :ledger, LedgerWeb.Endpoint,
    server: true,
    url: [host: System.fetch_env!("API_HOST"), port: 443, scheme: "https"],
    http: [port: String.to_integer(System.get_env("PORT", "4000"))],
    secret_key_base: System.fetch_env!("SECRET_KEY_BASE")
end
