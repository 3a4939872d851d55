import Config

config :ex_aws,
  json_codec: Jason,
  access_key_id: [{:system, "AWS_ACCESS_KEY_ID"}, :instance_role],
  region: System.get_env("AWS_REGION") |> then(fn nil -> "eu-central-1"; r -> r end)

config :ex_aws, :s3,
  scheme: "#{System.get_env("S3_SCHEME", "https")}://",
  host: System.get_env("S3_HOST", "s3.amazonaws.com"),
  port: System.get_env("S3_PORT") && String.to_integer(System.get_env("S3_PORT"))

config :shop, :bucket, System.get_env("S3_BUCKET") || "shop-#{config_env()}-#{System.get_env("AWS_REGION", "eu")}"
