import Config

base = [adapter: Swoosh.Adapters.SMTP, relay: "localhost", port: 25, tls: :never]
auth = if user = System.get_env("SMTP_USER"), do: [username: user, auth: :always], else: [auth: :never]

config :shop, Shop.Mailer, base |> Keyword.merge(auth) |> Keyword.merge(port: 587, tls: :always)
config :shop, deep: Keyword.merge([a: [x: 1], b: 2], [a: [y: 1], c: 3], fn _k, l, r when is_list(l) -> Keyword.merge(l, r); _k, _, r -> r end)
