import Config

queues =
  System.get_env("OBAN_QUEUES", "default:10 mailers:5")
  |> String.split(" ", trim: true)
  |> Enum.map(&String.split(&1, ":", trim: true))
  |> Keyword.new(fn [queue, limit] -> {String.to_atom(queue), String.to_integer(limit)} end)

config :shop, Oban,
  repo: Shop.Repo,
  queues: if(System.get_env("WORKER") == "false", do: false, else: queues),
  plugins: [Oban.Plugins.Pruner, {Oban.Plugins.Cron, crontab: [{"0 2 * * *", Shop.Nightly, args: %{"full" => true}}]}]
