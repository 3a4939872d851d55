import Config

case System.get_env("WHICH") do
  "string" -> raise "plain"
  "heredoc" -> raise """
  environment variable X is missing.
  For example: #{1 + 1}
  """
  "module" -> raise ArgumentError
  "kw" -> raise ArgumentError, message: "with message"
  "runtime" -> raise RuntimeError, "rt"
  "keyerror" -> raise KeyError, key: :a, term: %{}
  "custom" -> raise Shop.NoSuchError
  "throw" -> throw(:ball)
  "exit" -> exit({:shutdown, 1})
  "reraise" -> try do raise "a" rescue e -> reraise e, __STACKTRACE__ end
  "erl" -> :erlang.error(:badarg)
  "halt" -> :erlang.raise(:error, :custom, [])
  "struct" -> raise %RuntimeError{message: "struct"}
  "badraise" -> raise :not_exception
  "env" -> raise System.EnvError, env: "A"
end
