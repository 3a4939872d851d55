import Config

{adapter, extra} =
  case System.get_env("MAILER", "smtp") do
    "smtp" -> {Swoosh.Adapters.SMTP, relay: System.fetch_env!("SMTP_RELAY")}
    "mailgun" -> {Swoosh.Adapters.Mailgun, api_key: System.get_env("MAILGUN_KEY"), domain: "mg.example"}
    "local" -> {Swoosh.Adapters.Local, []}
  end

config :shop, Shop.Mailer, [adapter: adapter] ++ extra
config :swoosh, :api_client, adapter != Swoosh.Adapters.Local && Swoosh.ApiClient.Finch
