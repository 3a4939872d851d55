import Config

parse = fn s -> Integer.parse(s) end

config :shop,
  a: parse.("42abc"), b: parse.("-7"), c: parse.("+3.5"), d: parse.(""), e: parse.(" 1"), f: parse.("0x1F"),
  g: Integer.parse("ff", 16), h: Integer.parse("zz", 36), i: Float.parse("1.5e3x"), j: Float.parse("10"), k: Float.parse(".5"),
  l: Float.parse("1."), m: Integer.parse("1_000"), n: Integer.parse("-"), o: Float.parse("1e5")
