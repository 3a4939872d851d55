defmodule StoreWeb.Router do
  use Phoenix.Router, helpers: false
  import Plug.Conn
  import Phoenix.Controller
  pipeline :api do
    plug :accepts, ["json"]
  end
  scope "/api", StoreWeb do
    pipe_through :api
    get "/health", HealthController, :index
  end
end
