import Config

current = Application.get_env(:shop, ShopWeb.Endpoint, [])
config :shop, ShopWeb.Endpoint, Keyword.merge(current, url: [host: System.get_env("HOST", "none"), port: 80])
config :shop, flag2: Application.get_env(:shop, :flag, true), missing: Application.get_env(:shop, :zzz), f: Application.fetch_env!(:shop, :flag)
