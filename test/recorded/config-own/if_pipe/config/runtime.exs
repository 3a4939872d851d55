import Config

v =
  if System.get_env("A") do
    "yes"
  else
    "no"
  end
  |> String.upcase()

config :shop, v: v, w: (unless System.get_env("A"), do: :none), c: (System.get_env("A", "x") |> case do
  "x" -> 1
  _ -> 2
end)
