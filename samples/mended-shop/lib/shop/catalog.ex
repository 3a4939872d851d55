defmodule Shop.Catalog do
  import Ecto.Query

  alias Shop.Repo

  def list_products do
    Repo.all(from p in "products", select: %{name: p.name, cents: p.cents}, order_by: p.name)
  end
end
