import Config

opts = [a: 1]
opts = if System.get_env("B"), do: opts ++ [b: 2], else: opts
opts = [{:c, length(opts)} | opts]

if true do
  opts = [:lost]
  _ = opts
end

f = fn opts -> opts = [opts]; opts end

config :shop, opts: opts, inner: f.(1)
