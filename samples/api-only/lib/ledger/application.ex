defmodule Ledger.Application do
  use Application

  @impl true
  def start(_type, _args) do
    children = [
      Ledger.Repo,
      {Ecto.Migrator, repos: Application.fetch_env!(:ledger, :ecto_repos)},
      LedgerWeb.Endpoint
    ]

    Supervisor.start_link(children, strategy: :one_for_one, name: Ledger.Supervisor)
  end
end
