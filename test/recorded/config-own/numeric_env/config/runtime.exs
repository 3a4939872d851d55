import Config

config :shop,
  float: String.to_float(System.get_env("RATE", "0.25")),
  parsed: "RATE" |> System.get_env("0.25") |> Float.parse(),
  mb: (System.get_env("MB", "5") |> String.to_integer()) * 1024 * 1024,
  ms: :timer.seconds(30), ms2: :timer.minutes(5), ms3: :timer.hours(1), pct: trunc(0.29 * 100), r: Float.round(2.675, 2), c: ceil(1.1), fl: floor(-1.1), inte: Integer.floor_div(-7, 2), md: Integer.mod(-7, 2), even: rem(4, 2) == 0, big: 2 ** 64, sum: Enum.sum([0.1, 0.2, 0.3]), cmp: 1 == 1.0, strict: 1 === 1.0, pow: :math.pow(2, 3), sq: :math.sqrt(16), pi: :math.pi() > 3
