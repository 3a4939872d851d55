defmodule StoreWeb.MixProject do
  use Mix.Project
  def project, do: [app: :store_web, version: "0.3.0", build_path: "../../_build", config_path: "../../config/config.exs", deps_path: "../../deps", lockfile: "../../mix.lock", deps: [{:phoenix, "~> 1.7"}, {:store, in_umbrella: true}, {:bandit, "~> 1.5"}, {:jason, "~> 1.4"}]]
  def application, do: [mod: {StoreWeb.Application, []}, extra_applications: [:logger]]
end
