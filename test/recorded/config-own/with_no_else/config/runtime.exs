import Config

level =
  with "" <> value <- System.get_env("LEVEL"), true <- value != "" do
    String.to_atom(value)
  end

config :logger, level: level
config :shop, v: with({:ok, x} <- {:error, :a}, do: x)
