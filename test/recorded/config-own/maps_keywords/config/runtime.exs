import Config

m = %{"host" => "h", port: 1}
k = [a: 1, b: 2, a: 3]

config :shop,
  put: Map.put(m, :x, 1), merge: Map.merge(m, %{port: 2}), keys: Map.keys(m), drop: Map.drop(m, [:port]), upd: Map.update(m, :port, 0, &(&1 + 1)), pop: Map.pop(m, "host"), take: Map.take(m, ["host", :no]), tolist: Map.to_list(m), inv: Map.new(m, fn {a, b} -> {b, a} end),
  has: Map.has_key?(m, :port), getl: Map.get_lazy(m, :z, fn -> 9 end), fetch: Map.fetch(m, :z), up: %{m | port: 5}, acc: m["host"], dot: m.port, get_in: get_in(%{a: %{b: [c: 1]}}, [:a, :b, :c]), put_in: put_in(%{a: %{b: 1}}, [:a, :b], 2), update_in: update_in([a: [b: 1]], [:a, :b], &(&1 * 10)),
  kget: Keyword.get(k, :a), kall: Keyword.get_values(k, :a), kdel: Keyword.delete(k, :a), kput: Keyword.put(k, :a, 0), kpn: Keyword.put_new(k, :z, 26), kpop: Keyword.pop(k, :a), kpop1: Keyword.pop_first(k, :a), kkeys: Keyword.keys(k), kvals: Keyword.values(k), khas: Keyword.has_key?(k, :c), kq: Keyword.keyword?([{:a}]), kfetch: Keyword.fetch(k, :b), kup: Keyword.update(k, :b, 0, &(&1 * 2)), ksplit: Keyword.split(k, [:a]), kfil: Keyword.filter(k, fn {_, v} -> v > 1 end), kval: Keyword.validate([a: 1], [:a, b: 2]), kdrop: Keyword.drop(k, [:b]), krej: Keyword.reject(k, fn {key, _} -> key == :a end), knew: Keyword.new([{:x, 1}, {:x, 2}]), keq: Keyword.equal?([a: 1, b: 2], [b: 2, a: 1]), kmap: Enum.map(k, fn {x, y} -> {x, y + 1} end), rn: Map.reject(m, fn {_, v} -> v == 1 end), mf: Map.filter(m, fn {_, v} -> v == 1 end), ks: Enum.sort(k), mapk: Map.new(k), fetchb: Map.fetch!(m, :port), rep: Map.replace(m, :port, 7), pn: Map.put_new(m, :port, 8), eq: Map.equal?(m, m)
