import Config
config :blog, ecto_repos: [Blog.Repo]
config :blog, BlogWeb.Endpoint,
  url: [host: "localhost"],
  render_errors: [view: BlogWeb.ErrorView, accepts: ~w(html json)],
  pubsub_server: Blog.PubSub,
  live_view: [signing_salt: "Hk2Lm9Qx"]
config :logger, :console, format: "$time $metadata[$level] $message\n", metadata: [:request_id]
config :phoenix, :json_library, Jason
import_config "#{Mix.env()}.exs"
