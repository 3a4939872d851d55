import Config

port =
  try do
    String.to_integer(System.get_env("PORT", ""))
  rescue
    ArgumentError -> 4000
  end

message =
  try do
    System.fetch_env!("NOPE")
  rescue
    e in [System.EnvError, KeyError] -> Exception.message(e)
  after
    :ok
  end

thrown =
  try do
    throw({:early, port})
  catch
    {:early, n} -> n + 1
  end

exited =
  try do
    exit(:shutdown)
  catch
    kind, reason -> {kind, reason}
  else
    _ -> :never
  end

config :shop, port: port, message: message, thrown: thrown, exited: exited
