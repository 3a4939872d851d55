defmodule LedgerWeb.Router do
  use Phoenix.Router, helpers: false

  get "/healthz", LedgerWeb.HealthController, :ready

  scope "/api", LedgerWeb do
    get "/entries", EntryController, :index
  end
end
