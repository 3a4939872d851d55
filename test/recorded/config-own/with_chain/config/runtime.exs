import Config

result =
  with {:ok, host} <- System.fetch_env("SMTP_HOST"),
       {:ok, port} <- System.fetch_env("SMTP_PORT"),
       {port, ""} <- Integer.parse(port) do
    {:ok, host, port}
  else
    :error -> {:error, :missing}
    {n, rest} when is_integer(n) -> {:error, {:trailing, rest}}
  end

config :shop, smtp: result
