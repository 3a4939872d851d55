defmodule StoreWeb.HealthController do
  use Phoenix.Controller, formats: [:json]
  def index(conn, _) do
    with :ok <- Store.Health.check() do
      json(conn, %{ok: true})
    else
      {:error, _} -> conn |> Plug.Conn.put_status(503) |> json(%{ok: false})
    end
  end
end
