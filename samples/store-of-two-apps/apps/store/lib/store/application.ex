defmodule Store.Application do
  use Application
  def start(_, _), do: Supervisor.start_link([Store.Repo], strategy: :one_for_one)
end
