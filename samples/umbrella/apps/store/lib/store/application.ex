defmodule Store.Application do
  use Application

  @impl true
  def start(_type, _args) do
    children = [Store.Repo, {Phoenix.PubSub, name: Store.PubSub}]
    Supervisor.start_link(children, strategy: :one_for_one, name: Store.Supervisor)
  end
end
