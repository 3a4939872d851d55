import Config

config :shop, uri: URI.parse("http://x"), range: 1..2, date: ~D[2020-01-01], set: MapSet.new([1, 2]), ver: Version.parse!("1.2.3"), re: ~r/x/, fun: &String.length/1, fun2: fn _, _ -> 1 end, ratio: 0.1 + 0.2, big: 12345678901234567890123, neg: -0.0, sci: 1.0e20, small: 1.0e-7, bin: <<255, 0>>, nested: {:a, [b: {1, "x"}]}, improper: [1 | 2], chars: [97, 98], unicode: "ü", nilv: nil, mod: Elixir.Shop.Repo, er: :erlang, q: :"Odd atom!", ver2: Version.match?("1.14.0", "~> 1.10"), cmp: Version.compare("1.0.0-rc.1", "1.0.0")
