import Config
config :store, Store.Repo, username: "root", password: "Sup3rDevPassw0rd!", database: "store_dev"
config :store_web, StoreWeb.Endpoint, http: [port: 4000], secret_key_base: "8RqkP0bTnTGm6Qa2h1Kc8sZr5uYd9eJf3iMoNqBgXtVkRyHjCwEaSzDlFpUxW7b4"
