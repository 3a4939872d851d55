import Config

config :shop, a: String.to_existing_atom(System.get_env("MODE", "prod"))
