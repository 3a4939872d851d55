defmodule LedgerWeb.EntryController do
  use Phoenix.Controller, formats: [:json]

  def index(conn, _params) do
    json(conn, %{entries: []})
  end
end
