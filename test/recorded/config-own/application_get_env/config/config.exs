import Config
config :shop, ShopWeb.Endpoint, url: [host: "build"], x: 1
config :shop, flag: false
