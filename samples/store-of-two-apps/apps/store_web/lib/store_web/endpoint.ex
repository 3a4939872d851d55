defmodule StoreWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :store_web
  plug Plug.Static, at: "/", from: :store_web, only: ~w(assets)
  plug Plug.RequestId
  plug StoreWeb.Router
end
