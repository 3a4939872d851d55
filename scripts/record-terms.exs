# Records what the real Erlang reads of files of terms: writes the `--- ` lines of test/recorded/erlang-terms.txt.
#
#   elixir scripts/record-terms.exs
#
# The answer is the terms as Elixir's `inspect` prints them, or `error` where `file:consult/1` refuses the file.
path = Path.expand("../test/recorded/erlang-terms.txt", __DIR__)
file = Path.join(System.tmp_dir!(), "terms-#{System.pid()}.config")
options = [limit: :infinity, printable_limit: :infinity, width: :infinity]

answer = fn text ->
  File.write!(file, text)

  case :file.consult(file) do
    {:ok, terms} -> inspect(terms, options)
    {:error, _} -> "error"
  end
end

recorded =
  for part <- path |> File.read!() |> String.split(~r/^=== /m, trim: true) do
    [name, rest] = String.split(part, "\n", parts: 2)
    text = rest |> String.split(~r/^--- /m) |> hd()
    "=== #{name}\n#{text}--- #{answer.(text)}\n"
  end

File.rm(file)
File.write!(path, recorded)
