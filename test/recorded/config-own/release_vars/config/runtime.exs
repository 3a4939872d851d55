import Config

config :shop,
  name: System.get_env("RELEASE_NAME"), vsn: System.get_env("RELEASE_VSN", "0.0.0"),
  role: case(System.get_env("RELEASE_NAME"), do: ("worker" -> :worker; nil -> :unknown; n -> String.to_atom(n))),
  node: "#{System.get_env("RELEASE_NAME") || "app"}@#{System.get_env("POD_IP") || "127.0.0.1"}" |> String.to_atom()

if System.get_env("RELEASE_MODE") == "interactive", do: config(:shop, interactive: true)
