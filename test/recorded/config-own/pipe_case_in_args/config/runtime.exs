import Config

config :shop, c: System.get_env("A", "x") |> case do
  "x" -> 1
  _ -> 2
end
