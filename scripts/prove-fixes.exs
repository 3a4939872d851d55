# Proves with the real Elixir that what `fix` writes is Elixir, and that config scripts still evaluate.
#
#   elixir scripts/prove-fixes.exs FOLDER
#
# FOLDER/N/{before,after} are the Elixir files of a project, FOLDER/N/env holds `NAME=value` lines. Prints a line for
# each file of `after`: N, its path, and what it did before and does now: absent, broken, stops or works.
# test/fix-all.test.ts writes such a folder of all examples and reads the answer.
Mix.start()
Mix.env(:prod)
Code.compiler_options(ignore_module_conflict: true)
{:ok, quiet} = StringIO.open("")
Process.unregister(:standard_error)
Process.register(quiet, :standard_error)

defmodule Proof do
  def state(path, name) do
    cond do
      not File.exists?(path) -> "absent"
      match?({:error, _}, Code.string_to_quoted(File.read!(path))) -> "broken"
      String.starts_with?(name, "config/") and works?(path) -> "works"
      String.starts_with?(name, "config/") -> "stops"
      true -> "works"
    end
  end

  defp works?(path) do
    imports = if Path.basename(path) == "runtime.exs", do: :disabled, else: []
    Config.Reader.read!(path, env: :prod, target: :host, imports: imports)
    true
  rescue
    _ -> false
  catch
    _, _ -> false
  end
end

[folder] = System.argv()

for number <- Enum.sort(File.ls!(folder)) do
  [before, now] = Enum.map(["before", "after"], &Path.join([folder, number, &1]))
  env = for line <- String.split(File.read!(Path.join([folder, number, "env"])), "\n", trim: true), do: String.split(line, "=", parts: 2)
  for [name, value] <- env, do: System.put_env(name, value)

  for path <- Path.wildcard(Path.join(now, "**/*.{ex,exs}")) do
    name = Path.relative_to(path, now)
    IO.puts(Enum.join([number, name, Proof.state(Path.join(before, name), name), Proof.state(path, name)], "\t"))
  end

  for [name, _] <- env, do: System.delete_env(name)
end
