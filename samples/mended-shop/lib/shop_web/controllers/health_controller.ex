defmodule ShopWeb.HealthController do
  use ShopWeb, :controller

  alias Shop.Repo

  def show(conn, _params) do
    case Repo.query("SELECT 1") do
      {:ok, _} ->
        json(conn, %{status: "ok"})

      {:error, _} ->
        conn
        |> put_status(:service_unavailable)
        |> json(%{status: "the database does not answer"})
    end
  end
end
