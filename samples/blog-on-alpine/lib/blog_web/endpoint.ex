defmodule BlogWeb.Endpoint do
  use Phoenix.Endpoint, otp_app: :blog
  @session_options [store: :cookie, key: "_blog_key", signing_salt: "a8Kd0sLq"]
  plug BlogWeb.Healthz
  plug Plug.Static, at: "/", from: :blog, gzip: true, only: ~w(assets fonts images favicon.ico robots.txt)
  if code_reloading? do
    plug Phoenix.CodeReloader
  end
  plug Plug.RequestId
  plug Plug.Parsers, parsers: [:urlencoded, :multipart, :json], pass: ["*/*"], json_decoder: Phoenix.json_library()
  plug Plug.Session, @session_options
  plug BlogWeb.Router
end
