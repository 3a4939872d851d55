import Config

features = System.get_env("FEATURES", "a=1;b=off;c")

parsed =
  for entry <- String.split(features, ";", trim: true), reduce: %{} do
    acc ->
      case String.split(entry, "=", parts: 2) do
        [key, value] when value in ["1", "on", "true"] -> Map.put(acc, key, true)
        [key, _] -> Map.put(acc, key, false)
        [key] -> Map.put_new(acc, key, nil)
      end
  end

config :shop, features: parsed, enabled: for({k, true} <- parsed, do: k), any?: Enum.any?(parsed, fn {_, v} -> v end)
