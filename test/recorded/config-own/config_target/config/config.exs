import Config

config :shop, target: config_target()

if config_target() == :host do
  config :shop, where: "host"
else
  config :nerves, :firmware, rootfs_overlay: "rootfs_overlay"
end

if File.exists?(Path.join(__DIR__, "#{config_env()}.exs")), do: import_config("#{config_env()}.exs")
