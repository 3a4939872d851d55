import Config

case config_env() do
  :prod ->
    config :shop, mode: :live
    config :shop, Shop.Repo, pool_size: 20

  env when env in [:dev, :test] ->
    config :shop, mode: {:local, env}

  other ->
    raise ArgumentError, "no configuration for #{inspect(other)}"
end
