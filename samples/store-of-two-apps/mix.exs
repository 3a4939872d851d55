defmodule Store.Umbrella.MixProject do
  use Mix.Project
  def project do
    [apps_path: "apps", version: "0.3.0", deps: [],
     releases: [store: [applications: [store: :permanent, store_web: :permanent]]]]
  end
end
