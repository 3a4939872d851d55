import Config
config :shop, b: [y: [q: nil]], c: [m: 2], d: [], a: nil
config :shop, :e, []
