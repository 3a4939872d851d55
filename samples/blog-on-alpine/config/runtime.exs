import Config

env! = fn name -> System.get_env(name) || raise("environment variable #{name} is missing") end

if config_env() == :prod do
  config :blog, Blog.Repo,
    url: env!.("DATABASE_URL"),
    socket_options: if(System.get_env("ECTO_IPV6"), do: [:inet6], else: []),
    pool_size: String.to_integer(System.get_env("POOL_SIZE") || "10")

  config :blog, BlogWeb.Endpoint,
    server: true,
    url: [scheme: "https", host: env!.("PHX_HOST"), port: 443],
    http: [ip: {0, 0, 0, 0, 0, 0, 0, 0}, port: String.to_integer(System.get_env("PORT", "4000"))],
    secret_key_base: env!.("SECRET_KEY_BASE")
end
