defmodule Store.MixProject do
  use Mix.Project
  def project, do: [app: :store, version: "0.3.0", build_path: "../../_build", config_path: "../../config/config.exs", deps_path: "../../deps", lockfile: "../../mix.lock", deps: [{:ecto_sql, "~> 3.11"}, {:myxql, ">= 0.0.0"}]]
  def application, do: [mod: {Store.Application, []}, extra_applications: [:logger]]
end
