defmodule ShopWeb.ProductController do
  use ShopWeb, :controller

  alias Shop.Catalog

  def index(conn, _params) do
    render(conn, :index, products: Catalog.list_products())
  end
end
