defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", aliases: aliases()]
  defp aliases do
    [
      "assets.deploy": ["tailwind shop", "esbuild shop", "phx.digest"]
    ]
  end
end
