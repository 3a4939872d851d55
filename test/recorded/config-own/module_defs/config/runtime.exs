import Config

defmodule Shop.Env do
  defmodule Inner do
    def twice(x), do: x * 2
  end

  @prefix "SHOP_"
  @keys [:host, :port]

  def get(key, opts \\ [])
  def get(key, opts) when is_atom(key), do: key |> Atom.to_string() |> String.upcase() |> get(opts)
  def get(key, opts) when is_binary(key), do: System.get_env(@prefix <> key, opts[:default])

  def all, do: Map.new(@keys, &{&1, get(&1)})
  def fact(0), do: 1
  def fact(n) when n > 0, do: n * fact(n - 1)
  defp secret, do: :hidden
  def reveal(), do: {secret(), __MODULE__, Inner.twice(4)}
end

config :shop, host: Shop.Env.get(:host, default: "d"), all: Shop.Env.all(), fact: Shop.Env.fact(20), reveal: Shop.Env.reveal(), inner: Shop.Env.Inner.twice(2)
if System.get_env("BAD") == "private", do: Shop.Env.secret()
if System.get_env("BAD") == "clause", do: Shop.Env.fact(-1)
if System.get_env("BAD") == "arity", do: Shop.Env.all(1)
