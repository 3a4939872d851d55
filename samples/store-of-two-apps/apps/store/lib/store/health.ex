defmodule Store.Health do
  alias Store.Repo
  def check do
    case Repo.query("SELECT 1") do
      {:ok, _} -> :ok
      {:error, reason} -> {:error, reason}
    end
  end
end
