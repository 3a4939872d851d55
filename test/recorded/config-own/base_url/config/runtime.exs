import Config

%URI{scheme: scheme, host: host, port: port, path: path} = URI.parse(System.get_env("BASE_URL", "http://localhost:4000"))

if scheme not in ["http", "https"], do: raise("BASE_URL must start with http or https, got: #{inspect(scheme)}")

config :shop, ShopWeb.Endpoint,
  url: [scheme: scheme, host: host, port: port, path: path || "/"],
  force_ssl: if(scheme == "https", do: [rewrite_on: [:x_forwarded_proto], host: nil]),
  static_url: URI.to_string(%URI{scheme: "https", host: "cdn.#{host}", path: "/s", query: "v=1"})
