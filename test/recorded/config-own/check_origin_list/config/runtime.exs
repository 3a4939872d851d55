import Config

origins =
  System.get_env("CHECK_ORIGIN", "")
  |> String.split(",", trim: true)
  |> Enum.map(&String.trim/1)
  |> Enum.reject(&(&1 == ""))
  |> Enum.uniq()

config :shop, ShopWeb.Endpoint, check_origin: (if origins == [], do: true, else: origins)
