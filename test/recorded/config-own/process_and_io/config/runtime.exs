import Config

IO.puts("booting")
require Logger
Logger.info("configured")
_ = IO.inspect(%{a: 1}, label: "debug")
send(self(), :hello)

config :shop, cwd: is_binary(File.cwd!()), pid: is_pid(self()), ref: is_reference(make_ref()), node: node(), t: is_integer(System.system_time()), u: is_integer(System.unique_integer()), insp: IO.iodata_to_binary(["a", [?b | "c"]])
