import Config

config :shop, a: [1, 2
config :shop, b: 1
