defmodule Store.Repo do
  use Ecto.Repo, otp_app: :store, adapter: Ecto.Adapters.MyXQL
end
