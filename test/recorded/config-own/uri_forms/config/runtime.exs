import Config

u = URI.parse("HTTPS://User:Pw@Example.COM:8443/a/b?q=1&q=2#frag")
config :shop,
  u: {u.scheme, u.userinfo, u.host, u.port, u.path, u.query, u.fragment, u.authority},
  s: to_string(u), plain: URI.parse("/just/path"), mailto: URI.parse("mailto:a@b.c").path,
  enc: URI.encode("a b/ü?x=1&y"), encw: URI.encode_www_form("a b&c"), dec: URI.decode("a%20b+c"), decw: URI.decode_www_form("a%20b+c"),
  q: URI.encode_query([a: 1, b: "x y"]), dq: URI.decode_query("a=1&b=x+y&c"), merge: URI.merge("http://a.example/x/y", "../z") |> to_string(),
  ftp: URI.default_port("ftp"), none: URI.default_port("zzz"), new: URI.new("http://a b"), new2: match?({:ok, %URI{}}, URI.new("ws://x/y"))
