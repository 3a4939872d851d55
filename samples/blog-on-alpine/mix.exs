defmodule Blog.MixProject do
  use Mix.Project
  def project do
    [app: :blog, version: "1.4.2", elixir: "~> 1.14", deps: deps(), aliases: [test: ["ecto.create --quiet", "ecto.migrate", "test"]],
     releases: [blog: [include_executables_for: [:unix], applications: [runtime_tools: :permanent]]]]
  end
  def application, do: [mod: {Blog.Application, []}, extra_applications: [:logger]]
  defp deps do
    [{:phoenix, "~> 1.6.16"}, {:phoenix_ecto, "~> 4.4"}, {:ecto_sql, "~> 3.10"}, {:postgrex, ">= 0.0.0"}, {:plug_cowboy, "~> 2.6"}, {:jason, "~> 1.4"}]
  end
end
