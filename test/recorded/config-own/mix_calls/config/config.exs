import Config

config :shop, env: Mix.env(), target: Mix.target(), project: is_atom(Mix.env())
import_config "#{Mix.env()}.exs"
