defmodule StoreWeb.Health do
  import Plug.Conn

  def init(options), do: options

  def call(%{request_path: "/health"} = conn, _options) do
    case Store.Repo.query("SELECT 1") do
      {:ok, _} -> conn |> send_resp(200, "ok") |> halt()
      {:error, _} -> conn |> send_resp(503, "no database") |> halt()
    end
  end

  def call(conn, _options), do: conn
end
