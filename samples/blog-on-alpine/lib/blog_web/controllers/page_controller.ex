defmodule BlogWeb.PageController do
  use Phoenix.Controller, namespace: BlogWeb
  def index(conn, _), do: html(conn, "hi")
end
