import Config

for name <- ~w(SMTP_HOST SMTP_USER SMTP_PASS), value = System.get_env(name), value != "" do
  config :shop, [{name |> String.downcase() |> String.to_atom(), value}]
end

config :shop,
  indexed: for({n, i} <- Enum.with_index(~w(a b)), into: %{}, do: {n, i}),
  flat: for(x <- 1..3, y <- 1..3, x < y, do: {x, y}),
  reduced: for(<<c <- "abc">>, reduce: 0, do: (acc -> acc + c))
