import Config
config :blog, Blog.Repo, username: "postgres", password: "postgres", database: "blog_dev", hostname: "localhost", show_sensitive_data_on_connection_error: true
config :blog, BlogWeb.Endpoint, http: [ip: {127, 0, 0, 1}, port: 4000], secret_key_base: "5RqkP0bTnTGm6Qa2h1Kc8sZr5uYd9eJf3iMoNqBgXtVkRyHjCwEaSzDlFpUxW7b4", debug_errors: true
config :logger, :console, format: "[$level] $message\n"
