import Config

v = System.get_env("V", "postgres://u:p@h:5432/db")

config :shop,
  run: Regex.run(~r{^(\w+)://([^:]+):}, v), named: Regex.named_captures(~r/@(?<host>[^:\/]+):?(?<port>\d*)/, v), m: v =~ ~r/^postgres/, m2: v =~ "u:", rep: Regex.replace(~r/:[^:@]*@/, v, ":***@"), scan: Regex.scan(~r/\d/, v), split: Regex.split(~r/[:@\/]+/, v),
  backref: String.replace(v, ~r/(\w+):\/\//, "\\1+ssl://"), nomatch: Regex.run(~r/zzz/, v), esc: Regex.escape("a.b"), src: Regex.source(~r/a/u), fn: Regex.replace(~r/[a-z]/, "abc", fn x -> String.upcase(x) end), capt: Regex.run(~r/(a)(b)?/, "a"), capt2: Regex.run(~r/(a)(b)?(c)/, "ac"), pairs: Regex.run(~r/b/, "abc", return: :index), all: Regex.run(~r/a(?<n>b)/, "ab", capture: :all_names), x: Regex.match?(~r/a b # c
  /x, "ab"), names: Regex.names(~r/(?<b>.)(?<a>.)/), dot: Regex.match?(~r/a.c/s, "a\nc"), uni: Regex.match?(~r/^\w+$/u, "é"), nouni: Regex.match?(~r/^\w+$/, "é")
