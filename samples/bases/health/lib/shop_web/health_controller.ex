defmodule ShopWeb.HealthController do
  use Phoenix.Controller

  def show(conn, _params) do
    case Shop.Repo.query("SELECT 1") do
      {:ok, _} -> json(conn, %{status: "ok"})
      {:error, _} -> conn |> put_status(503) |> json(%{status: "bad"})
    end
  end
end
