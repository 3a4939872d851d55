import Config

providers = [
  github: {Ueberauth.Strategy.Github, [default_scope: "user:email"]},
  google: {Ueberauth.Strategy.Google, [hd: "example.com"]}
]

enabled = "AUTH" |> System.get_env("github") |> String.split(~r/[\s,]+/) |> Enum.map(&String.to_existing_atom/1)
config :ueberauth, Ueberauth, providers: Keyword.take(providers, enabled)

config :ueberauth, Ueberauth.Strategy.Github.OAuth,
  client_id: {System, :get_env, ["GITHUB_CLIENT_ID"]},
  client_secret: {:system, "GITHUB_CLIENT_SECRET"}
