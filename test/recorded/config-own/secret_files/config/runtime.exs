import Config

read = fn path, default ->
  case File.read(path) do
    {:ok, content} -> String.trim(content)
    {:error, :enoent} -> default
  end
end

config :shop, secret: read.("/run/secrets/surely_absent", System.get_env("SECRET", "none")), dir: File.dir?("/nonexistent-dir-x")
config :shop, raised: try(do: File.read!("/nonexistent-dir-x/y"), rescue: (e in File.Error -> {e.reason, e.action, Exception.message(e)}))
