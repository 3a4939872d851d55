import Config
config :blog, BlogWeb.Endpoint, secret_key_base: "9RqkP0bTnTGm6Qa2h1Kc8sZr5uYd9eJf3iMoNqBgXtVkRyHjCwEaSzDlFpUxW7b4", server: false
config :logger, level: :warn
