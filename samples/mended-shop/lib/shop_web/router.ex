defmodule ShopWeb.Router do
  use ShopWeb, :router

  pipeline :browser do
    plug :accepts, ["html"]
    plug :fetch_session
    plug :protect_from_forgery
    plug :put_secure_browser_headers
  end

  scope "/", ShopWeb do
    get "/health", HealthController, :show
  end

  scope "/", ShopWeb do
    pipe_through :browser

    get "/", ProductController, :index
  end
end
