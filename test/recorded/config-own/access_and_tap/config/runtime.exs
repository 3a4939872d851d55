import Config

opts = [http: [port: 4000], hosts: [%{name: "a"}, %{name: "b"}]]

config :shop,
  p: opts[:http][:port], none: opts[:nope][:deeper], names: get_in(opts, [:hosts, Access.all(), :name]), key: get_in(%{a: 1}, [Access.key(:b, 7)]), at: get_in(opts, [:hosts, Access.at(1), :name]), pop: pop_in(opts, [:http, :port]), gu: get_and_update_in([a: 1], [:a], &{&1, &1 + 1}), mac: put_in(opts[:http][:port], 1)[:http], tap: tap(1, fn x -> x + 1 end), bin: is_binary("x"), fun: is_function(&is_nil/1, 1), map: is_map_key(%{a: 1}, :a), flt: is_float(1.0), st: is_struct(URI.parse("x"), URI), bool: is_boolean(nil), num: is_number(1), atm: is_atom(nil), sigil: is_list('a')
