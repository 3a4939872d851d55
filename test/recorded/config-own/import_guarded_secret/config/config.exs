import Config

config :shop, secret: nil

for file <- ["prod.secret.exs", "extra.exs"], File.exists?(Path.expand(file, __DIR__)) do
  import_config file
end

if config_env() == :prod and File.regular?("#{__DIR__}/nope.exs") do
  import_config "nope.exs"
end
