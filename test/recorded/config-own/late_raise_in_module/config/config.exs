import Config

get = fn name ->
  System.get_env(name) ||
    raise """
    environment variable #{name} is missing.
    """
end

config :shop, secret: get.("SECRET_KEY_BASE")
