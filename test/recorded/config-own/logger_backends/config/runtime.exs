import Config

config :logger, backends: [:console, {LoggerFileBackend, :error_log}]
config :logger, :console, format: "$time $metadata[$level] $message\n", metadata: [:request_id]
config :logger, :console, level: :warn, metadata: :all

level = System.get_env("LOG_LEVEL", "info")

unless level in ~w(debug info notice warning error critical) do
  raise "unknown LOG_LEVEL: #{level}"
end

config :logger, level: String.to_atom(level)
config :logger, :error_log, path: ~s(/var/log/#{level}.log), level: :error
