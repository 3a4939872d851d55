import Config

{:ok, date} = Date.from_iso8601(System.get_env("DAY", "2024-02-29"))
config :shop, d: Date.to_string(date), add: Date.add(date, 1) |> to_string(), dow: Date.day_of_week(date), cmp: Date.compare(date, ~D[2024-01-01]), y: date.year, bad: Date.from_iso8601("x"), dt: DateTime.from_iso8601("2024-01-01T00:00:00Z") |> elem(0), n: NaiveDateTime.from_iso8601!("2024-01-01T10:20:30") |> NaiveDateTime.to_iso8601(), t: Time.new!(1, 2, 3) |> Time.to_string(), leap: Date.leap_year?(date), now: is_struct(DateTime.utc_now(), DateTime), diff: Date.diff(date, ~D[2024-01-01]), u: DateTime.from_unix!(0) |> DateTime.to_iso8601()
