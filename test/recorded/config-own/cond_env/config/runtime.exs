import Config

mode =
  cond do
    System.get_env("FLY_APP_NAME") -> {:fly, System.fetch_env!("FLY_APP_NAME") <> ".fly.dev"}
    host = System.get_env("RENDER_EXTERNAL_HOSTNAME") -> {:render, host}
    config_env() in [:dev, :test] -> :local
    true -> :unknown
  end

config :shop, mode: mode
