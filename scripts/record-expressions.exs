# Records what Elixir makes of single expressions:
#
#   elixir scripts/record-expressions.exs test/recorded/expressions/library.txt
#
# writes library.json beside it: [[expression, {"ok": inspected} | {"error": type, "message": text}], …].
# Expressions are evaluated one by one; HOME is /root and every other variable is gone.

[path] = System.argv()
for {name, _} <- System.get_env(), do: System.delete_env(name)
System.put_env("HOME", "/root")

text = fn value ->
  escaped =
    for <<char::utf8 <- value>>, into: "" do
      case char do
        ?" -> "\\\""
        ?\\ -> "\\\\"
        char when char < 32 or char == 127 -> "\\u" <> String.pad_leading(Integer.to_string(char, 16), 4, "0")
        char -> <<char::utf8>>
      end
    end

  "\"" <> escaped <> "\""
end

answer = fn expression ->
  try do
    {value, _} = Code.eval_string(expression)
    "{\"ok\": #{text.(inspect(value))}}"
  rescue
    error -> "{\"error\": #{text.(inspect(error.__struct__))}, \"message\": #{text.(Exception.message(error))}}"
  catch
    kind, reason -> "{\"error\": #{text.(to_string(kind))}, \"message\": #{text.(inspect(reason))}}"
  end
end

lines = path |> File.read!() |> String.split("\n", trim: true)
rows = Enum.map_join(lines, ",\n", &"  [#{text.(&1)}, #{answer.(&1)}]")
File.write!(Path.rootname(path) <> ".json", "[\n#{rows}\n]\n")
