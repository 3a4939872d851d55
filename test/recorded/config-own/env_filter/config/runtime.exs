import Config

hooks =
  System.get_env()
  |> Enum.filter(fn {name, _} -> String.starts_with?(name, "HOOK_") end)
  |> Enum.map(fn {"HOOK_" <> rest, url} -> {String.to_atom(String.downcase(rest)), url} end)
  |> Enum.sort()

config :shop, hooks: hooks, count: map_size(System.get_env())
