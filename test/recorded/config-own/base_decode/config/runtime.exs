import Config

config :shop,
  key: Base.decode64!(System.get_env("KEY", "c2VjcmV0")),
  hex: Base.decode16!("DEADbeef", case: :mixed) |> byte_size(),
  url: Base.url_encode64(<<251, 255, 254>>, padding: false),
  tried: Base.decode64("????")
