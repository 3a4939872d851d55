defmodule Ledger.MixProject do
  use Mix.Project

  def project do
    [app: :ledger, version: "1.2.0", elixir: "~> 1.17", start_permanent: Mix.env() == :prod, deps: deps()]
  end

  def application, do: [mod: {Ledger.Application, []}, extra_applications: [:logger]]

  defp deps do
    [{:phoenix, "~> 1.8"}, {:ecto_sql, "~> 3.13"}, {:postgrex, ">= 0.0.0"}, {:jason, "~> 1.4"}, {:bandit, "~> 1.7"}]
  end
end
