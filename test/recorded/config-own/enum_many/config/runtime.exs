import Config

l = System.get_env("L", "3,1,2,3") |> String.split(",") |> Enum.map(&String.to_integer/1)

config :shop,
  sort: Enum.sort(l), desc: Enum.sort(l, :desc), sum: Enum.sum(l), max: Enum.max(l), minmax: Enum.min_max(l), uniq: Enum.uniq(l), dedup: Enum.dedup(l), freq: Enum.frequencies(l),
  group: Enum.group_by(l, &rem(&1, 2)), chunk: Enum.chunk_every(l, 2), chunkd: Enum.chunk_every(l, 3, 1, :discard), zip: Enum.zip(l, [:a, :b]), into: Enum.into([a: 1], %{}), reduce: Enum.reduce(l, fn x, acc -> x - acc end),
  red2: Enum.reduce(l, [], &[&1 | &2]), flat: Enum.flat_map(l, &[&1, &1]), any: Enum.any?(l, &(&1 > 2)), all: Enum.all?(l), find: Enum.find(l, &(&1 < 3)), fv: Enum.find_value(l, &(&1 == 2 && :two)), idx: Enum.find_index(l, &(&1 == 2)),
  take: Enum.take(l, -2), drop: Enum.drop(l, 1), tw: Enum.take_while(l, &(&1 > 1)), split: Enum.split(l, 1), splitw: Enum.split_with(l, &(&1 > 2)), join: Enum.map_join(l, "-", &to_string/1), at: Enum.at(l, 10, :none), wi: Enum.with_index(l, 1),
  rev: Enum.reverse(l), slice: Enum.slice(l, 1..2), member: Enum.member?(l, 2), inters: Enum.intersperse(l, 0), scan: Enum.scan(l, &+/2), tup: Enum.unzip([{1, :a}, {2, :b}]), sb: Enum.sort_by(l, &(-&1)), maxby: Enum.max_by(l, &rem(&1, 3)), cnt: Enum.count(l, &(&1 == 3)),
  empty: Enum.empty?(l), conc: Enum.concat([l, [9]]), rej: Enum.reject(l, &(&1 == 3)), mr: Enum.map_reduce(l, 0, fn x, acc -> {x * 2, acc + x} end), rng: Enum.to_list(1..10//3), cb: Enum.chunk_by(l, &(&1 > 1)), rw: Enum.reduce_while(l, 0, fn x, acc -> if x == 2, do: {:halt, acc}, else: {:cont, acc + x} end), ev: Enum.take_every(l, 2), new: Map.new(l, &{&1, to_string(&1)})
