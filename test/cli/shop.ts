/** A small shop whose container gets variables from everywhere that can give some. */
export const shop = {
  Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix release

FROM debian:bookworm-slim
ENV LANG=en_US.UTF-8 PHX_HOST=image.example.org
WORKDIR /app
COPY --from=build /app/_build/prod/rel/shop ./
COPY --chmod=755 docker/entrypoint.sh /entrypoint.sh
ENTRYPOINT ["/entrypoint.sh"]
CMD ["/app/bin/shop", "start"]
`,
  'docker/entrypoint.sh': `#!/bin/sh
set -e
export DATABASE_URL="ecto://shop:$DB_PASSWORD@db/shop"
exec "$@"
`,
  'rel/env.sh.eex': '#!/bin/sh\nexport RELEASE_DISTRIBUTION=name\nexport PHX_SERVER=true\n',
  'mix.exs': `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0"]
end
`,
  'lib/shop/mailer.ex': `defmodule Shop.Mailer do
  def sender, do: System.get_env("MAIL_FROM", "shop@example.org")
end
`,
  'config/config.exs': 'import Config\nimport_config "#{config_env()}.exs"\n',
  'config/prod.exs': 'import Config\nconfig :shop, Shop.Mailer, key: System.get_env("MAIL_API_KEY")\n',
  'config/dev.exs': 'import Config\nconfig :shop, dev: System.get_env("DEV_ONLY")\n',
  'config/runtime.exs': `import Config

if config_env() == :prod do
  config :shop, Shop.Repo, url: System.fetch_env!("DATABASE_URL")
  secret_key_base = System.get_env("SECRET_KEY_BASE") || raise "SECRET_KEY_BASE is missing"
  host = System.get_env("PHX_HOST") || "example.com"
  port = String.to_integer(System.get_env("PORT") || "4000")

  config :shop, ShopWeb.Endpoint,
    server: System.get_env("PHX_SERVER") == "true",
    url: [host: host],
    http: [port: port],
    secret_key_base: secret_key_base
end
`,
  'compose.yaml': `services:
  web:
    build: .
    env_file: web.conf
    environment:
      PHX_HOST: \${PUBLIC_HOST:-shop.example.org}
      DB_PASSWORD: \${DB_PASSWORD}
      SHELL_ONLY:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: \${DB_PASSWORD}
  tools:
    image: busybox
    profiles: [debug]
    environment: {DEBUG: "1"}
`,
  '.env': 'DB_PASSWORD=hunter2-hunter2\n',
  'web.conf': 'PHX_HOSTS=typo.example.org\nDEV_ONLY=1\nMAIL_API_KEY=abcdefgh12345678\n',
}
