import Config

if Mix.env() == :prod, do: config(:shop, a: 1)
