defmodule StoreWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :store_web

  plug StoreWeb.Health
  plug Plug.Static, at: "/", from: :store_web
  plug StoreWeb.Router
end
