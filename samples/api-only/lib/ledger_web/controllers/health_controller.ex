defmodule LedgerWeb.HealthController do
  use Phoenix.Controller, formats: [:json]

  def ready(conn, _params) do
    case Ledger.Repo.query("select 1") do
      {:ok, _} -> json(conn, %{ready: true})
      {:error, _} -> conn |> put_status(503) |> json(%{ready: false})
    end
  end
end
