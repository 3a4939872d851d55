defmodule StoreWeb.PageController do
  use Phoenix.Controller, formats: [:html]

  def home(conn, _params) do
    html(conn, "<h1>The store</h1>")
  end
end
