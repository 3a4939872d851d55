import Config

a = System.get_env("A")
config :shop,
  x: a && String.length(a), y: !a, z: !!a, w: a in ["1", "true"], n: is_nil(a) or a == "", t: not is_nil(a) and a != "",
  o: a || System.get_env("B") || :none, k: (a == "1" && [one: true]) || [], e: a not in [nil, "", "0"]
