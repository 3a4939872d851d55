defmodule StoreWeb.Router do
  use Phoenix.Router, helpers: false

  get "/", StoreWeb.PageController, :home
end
