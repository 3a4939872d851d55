defmodule Blog.Application do
  use Application
  def start(_type, _args) do
    Blog.Release.migrate()
    Supervisor.start_link([Blog.Repo, {Phoenix.PubSub, name: Blog.PubSub}, BlogWeb.Endpoint], strategy: :one_for_one, name: Blog.Supervisor)
  end
end
