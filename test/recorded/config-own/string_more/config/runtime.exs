import Config

s = System.get_env("S", "Größe, 12 Äpfel")

config :shop,
  up: String.upcase(s), down: String.downcase(s), cap: String.capitalize(s), len: String.length(s), bytes: byte_size(s), rev: String.reverse(s),
  slug: s |> String.downcase() |> String.replace(~r/[^a-z0-9]+/, "-") |> String.trim("-"), first: String.first(s), last: String.last(s),
  graphemes: String.graphemes("e\u0301a"), codepoints: String.codepoints("e\u0301a"), slice: String.slice(s, 0..3), neg: String.slice(s, -5..-1), at: String.at(s, -1),
  split_at: String.split_at(s, 4), sp: String.splitter("a,b", ",") |> Enum.to_list(), pat: String.split("a;b,c", [";", ","]), parts: String.split("a b c d", " ", parts: 3),
  re: String.split("a1b22c", ~r/\d+/), reinc: String.split("a1b", ~r/\d/, include_captures: true), repf: String.replace("abc", "b", fn m -> m <> m end), rep1: String.replace("aaa", "a", "b", global: false),
  pl: String.pad_leading("7", 3), pt: String.pad_trailing("7", 3, "ab"), dup: String.duplicate("ab", 0), match: String.match?("foo", ~r/o+$/), valid: String.valid?(<<255>>), empty: String.split("", ","), empty2: String.split("", ",", trim: true),
  ws: String.split(" a \t b\n"), chars: String.to_charlist("é"), prefix: String.replace_prefix("abc", "a", "x"), suffix: String.replace_suffix("abc", "c", ""), lead: String.replace_leading("aab", "a", "x"),
  eq: String.equivalent?("é", "e\u0301"), next: String.next_codepoint("ab"), printable: String.printable?("a\x00"), bag: String.trim("..a.", "."), conts: String.contains?("abc", ["x", "b"])
