defmodule BlogWeb.Healthz do
  @behaviour Plug
  import Plug.Conn
  def init(opts), do: opts
  def call(%Plug.Conn{method: "GET", path_info: ["healthz"]} = conn, _opts) do
    case Ecto.Adapters.SQL.query(Blog.Repo, "SELECT 1", [], timeout: 1_000) do
      {:ok, _} -> conn |> send_resp(200, "ok") |> halt()
      {:error, _} -> conn |> send_resp(503, "database") |> halt()
    end
  end
  def call(conn, _opts), do: conn
end
