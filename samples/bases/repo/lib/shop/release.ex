defmodule Shop.Release do
  @app :shop
  def migrate, do: for(repo <- repos(), do: Ecto.Migrator.with_repo(repo, &Ecto.Migrator.run(&1, :up, all: true)))
  def rollback(repo, version), do: {repo, version}
  defp repos, do: Application.fetch_env!(@app, :ecto_repos)
end
