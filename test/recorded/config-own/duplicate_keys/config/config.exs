import Config
config :shop, a: 1, b: [x: 1, y: [p: 1]], c: [1, 2], d: %{k: 1}
config :shop, a: 2, b: [y: [q: 2], z: 3], c: [3], d: %{l: 2}
config :shop, :b, x: 9
config :shop, b: [x: [deep: 1]]
config :shop, e: []
config :shop, e: [a: 1]
config :shop, c: [k: 1]
config :other, [a: 1, b: 2]
