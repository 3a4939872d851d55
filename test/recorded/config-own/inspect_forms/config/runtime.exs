import Config

i = &inspect/1
config :shop, a: i.([a: 1, b: "x"]), b: i.(%{"k" => :v, a: nil}), c: i.({1, 2.0, 'abc'}), d: i.([1, [2]]), e: i.(:"a b"), f: i.("q\"uote\n"), g: i.(Shop.Repo), h: i.(nil), i: i.([{"a", 1}]), j: i.(~r/a\/b/i), k: i.(1..3), l: i.(1..3//2), m: i.(<<0, 255>>), n: i.([]), o: i.(%{}), p: i.({}), q: i.(:ok?), r: i.(:"9x"), s: i.([7, 8]), t: i.("é\e\0"), u: i.(&String.length/1), v: i.([a?: 1, "b c": 2]), w: i.(MapSet.new([1])), x: i.(URI.parse("/x")), y: i.(~D[2020-01-01]), z: i.(%{a: %{b: 1}}), aa: inspect("a", binaries: :as_binaries), bb: i.(:+), cc: i.(:Foo), dd: i.(1.0e100), ee: inspect([1, 2, 3], limit: 2), ff: i.(String), gg: i.(:"Elixir.foo"), hh: i.(%{1 => 2, nil => 3})
