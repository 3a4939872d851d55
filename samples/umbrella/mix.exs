defmodule StoreUmbrella.MixProject do
  use Mix.Project

  def project do
    [
      apps_path: "apps",
      version: "0.3.0",
      start_permanent: Mix.env() == :prod,
      deps: [],
      releases: [store_umbrella: [applications: [store: :permanent, store_web: :permanent]]]
    ]
  end
end
