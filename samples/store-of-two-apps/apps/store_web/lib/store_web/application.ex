defmodule StoreWeb.Application do
  use Application
  def start(_, _), do: Supervisor.start_link([StoreWeb.Endpoint], strategy: :one_for_one)
end
