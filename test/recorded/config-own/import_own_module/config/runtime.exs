import Config

defmodule Shop.Lib do
  def fact(n), do: n
end

import Shop.Lib, only: [fact: 1]

config :shop, fact: fact(20)
