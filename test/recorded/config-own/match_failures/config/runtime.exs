import Config

case System.get_env("WHICH") do
  "match" -> {:ok, _} = :error
  "case" -> case 1 do 2 -> :ok end
  "cond" -> cond do 1 > 2 -> :a; nil -> :b end
  "fn" -> (fn :a -> 1 end).(:b)
  "badarith" -> 1 + "1"
  "concat" -> "a" <> System.get_env("NEVER_SET")
  "badmap" -> Map.get([a: 1], :a)
  "badfun" -> apply(:not_fun, [1]) 
  "call_nil" -> nil.foo
  "key" -> %{a: 1}.b
  "if" -> with(:a <- :b, do: 1, else: (:c -> 2))
  "arity" -> (fn a -> a end).(1, 2)
  "hd" -> hd([])
  "elem" -> elem({1}, 3)
  "for" -> for x <- 5, do: x
  "interp" -> "#{%{}}"
  "interp_tuple" -> "#{{1, 2}}"
  "div" -> div(1, 0)
  "list" -> [1] ++ 2 |> length()
  "update" -> %{%{a: 1} | b: 2}
  "enum" -> Enum.map(nil, & &1)
  "keyfetch" -> Keyword.fetch!([a: 1], :b)
  "mapfetch" -> Map.fetch!(%{"a" => 1}, "b")
  "not" -> not "x"
  "or" -> "x" or true
  nil -> :fine
end

config :shop, ok: true
