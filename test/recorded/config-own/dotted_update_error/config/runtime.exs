import Config

config :shop, upd: update_in([a: 1].a, & &1)
