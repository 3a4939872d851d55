defmodule StoreWeb.MixProject do
  use Mix.Project

  def project do
    [app: :store_web, version: "0.3.0", build_path: "../../_build", config_path: "../../config/config.exs",
     deps_path: "../../deps", lockfile: "../../mix.lock", aliases: aliases(),
     deps: [{:phoenix, "~> 1.8"}, {:bandit, "~> 1.7"}, {:store, in_umbrella: true}, {:esbuild, "~> 0.10", runtime: Mix.env() == :dev}]]
  end

  def application, do: [mod: {StoreWeb.Application, []}]

  defp aliases, do: ["assets.deploy": ["esbuild store_web --minify", "phx.digest"]]
end
