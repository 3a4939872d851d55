# Prints, as JSON, what the modules of Elixir and Erlang export and which atoms exist. Used by record-stdlib.mjs.

skipped = ~r/^(Inspect\.|Collectable\.|Enumerable\.|List\.Chars\.|String\.(Chars\.|Break|Token|Unicode)|Module\.|Kernel\.(CLI|Err|Lex|Par|Type|Ut)|Logger\.|Code\.|Gen|Hash|IO\.(ANSI|Str)|Stream\.R|Version\.P|Record|Path\.|Macro\.|Dict|Set$|Behav|.*Error$|Calendar\.|Config\.Prov|Supervisor|Task|Registry|Agent|DynamicS|PartitionS|StringIO|System\.|Protocol|Port)/

elixir =
  for app <- [:elixir, :logger],
      _ = Application.load(app),
      module <- Application.spec(app, :modules),
      name = inspect(module),
      not String.starts_with?(name, ":"),
      not Regex.match?(skipped, name),
      do: module

erlang =
  ~w(erlang lists maps string binary file filename filelib os inet io io_lib re uri_string base64 timer application
     logger code rand math unicode proplists init persistent_term net_kernel crypto)a

exports = fn module ->
  functions =
    if function_exported?(module, :__info__, 1),
      do: module.__info__(:functions) ++ module.__info__(:macros),
      else: module.module_info(:exports)

  functions
  |> Enum.reject(fn {name, _} -> String.starts_with?(Atom.to_string(name), ["_", "-", "MACRO"]) end)
  |> Enum.sort()
  |> Enum.group_by(&elem(&1, 0), &elem(&1, 1))
  |> Enum.sort()
  |> Enum.map(fn {name, arities} -> "#{name}/#{Enum.join(Enum.uniq(arities), ",")}" end)
end

atoms =
  for index <- 0..(:erlang.system_info(:atom_count) - 1),
      atom = :erlang.binary_to_term(<<131, 75, index::24>>),
      name = Atom.to_string(atom),
      name =~ ~r/^[a-z]{1,10}$/,
      do: name

text = fn value -> "\"" <> (value |> String.replace("\\", "\\\\") |> String.replace("\"", "\\\"")) <> "\"" end
array = fn values, show -> "[" <> Enum.map_join(values, ",", show) <> "]" end

table = fn modules ->
  modules
  |> Enum.sort()
  |> Enum.filter(&Code.ensure_loaded?/1)
  |> array.(fn module -> "{\"module\":#{text.(inspect(module))},\"functions\":#{array.(exports.(module), text)}}" end)
end

IO.puts("{\"elixir\":#{table.(elixir)},\"erlang\":#{table.(erlang)},\"atoms\":#{array.(Enum.sort(Enum.uniq(atoms)), text)}}")
