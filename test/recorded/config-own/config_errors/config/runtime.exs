import Config

case System.get_env("WHICH") do
  "notkw" -> config :shop, ["a"]
  "map" -> config :shop, %{a: 1}
  "app" -> config "shop", a: 1
  "key" -> config :shop, "key", a: 1
  "nil" -> config :shop, nil
  "import" -> import_config "prod.exs"
  "empty" -> config :shop, []
end
