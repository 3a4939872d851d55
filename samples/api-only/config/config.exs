import Config

config :ledger, ecto_repos: [Ledger.Repo]

config :ledger, LedgerWeb.Endpoint,
  adapter: Bandit.PhoenixAdapter,
  render_errors: [formats: [json: LedgerWeb.ErrorJSON], layout: false]

config :phoenix, :json_library, Jason
config :logger, level: if(config_env() == :prod, do: :info, else: :debug)
