import Config

if dsn = System.get_env("SENTRY_DSN") do
  config :sentry,
    dsn: dsn,
    environment_name: System.get_env("RELEASE_LEVEL") || config_env(),
    included_environments: [:prod, "staging"],
    root_source_code_paths: [is_binary(File.cwd!())],
    tags: %{env: "production", node: :nonode}
end
