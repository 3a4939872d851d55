import Config

env = fn name, default -> System.get_env(name) || default end
require_env = fn name -> System.get_env(name) || raise "Missing env var #{name}" end
to_bool = fn
  "true" -> true
  "false" -> false
  nil -> nil
  other -> raise ArgumentError, message: "not a boolean: #{other}"
end

config :shop, a: env.("A", "d"), b: require_env.("B"), c: to_bool.(System.get_env("C"))
