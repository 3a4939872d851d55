import Config

defmodule Shop.RuntimeConfig do
  @truthy ~w(1 true yes on)

  def bool(name, default \\ false) do
    case System.get_env(name) do
      nil -> default
      value -> String.downcase(value) in @truthy
    end
  end

  def int(name, default), do: name |> System.get_env(to_string(default)) |> String.to_integer()
end

alias Shop.RuntimeConfig, as: Env

config :shop,
  signup: Env.bool("SIGNUP", true),
  beta: Env.bool("BETA"),
  limit: Env.int("LIMIT", 5)
