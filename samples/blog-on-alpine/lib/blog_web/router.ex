defmodule BlogWeb.Router do
  use BlogWeb, :router
  pipeline :browser do
    plug :accepts, ["html"]
    plug :fetch_session
  end
  scope "/", BlogWeb do
    pipe_through :browser
    get "/", PageController, :index
  end
end
