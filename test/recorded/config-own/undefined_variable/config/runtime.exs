import Config

config :shop, before: true

if System.get_env("NEVER") do
  config :shop, v: undefined_name_here
end
