defmodule Store.Release do
  def migrate do
    Application.load(:store)
    for repo <- Application.fetch_env!(:store, :ecto_repos), do: {:ok, _, _} = Ecto.Migrator.with_repo(repo, &Ecto.Migrator.run(&1, :up, all: true))
  end
end
