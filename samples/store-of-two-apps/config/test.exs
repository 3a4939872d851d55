import Config
config :logger, level: :warning
config :store_web, StoreWeb.Endpoint, secret_key_base: "7RqkP0bTnTGm6Qa2h1Kc8sZr5uYd9eJf3iMoNqBgXtVkRyHjCwEaSzDlFpUxW7b4"
