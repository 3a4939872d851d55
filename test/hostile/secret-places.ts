/** A place for a secret: a file of the project, its text around the place, and the secret as `§` (`«»` for its URL form). */
export interface SecretPlace {
  readonly file: string
  /** Stands at `HERE` of the file's template. */
  readonly text: string
}

const mix = `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "0.1.0", elixir: "~> 1.15", aliases: aliases(), deps: deps()]
  def application, do: [mod: {Shop.Application, []}]
  defp deps, do: [{:phoenix, "~> 1.7"}]
  defp aliases, do: ["assets.deploy": ["phx.digest"]]
  HERE
end
`

/** The project around the places: each file with the line at which one is put. */
export const templates: Readonly<Record<string, string>> = {
  Dockerfile: `FROM elixir:1.18 AS build
WORKDIR /app
ENV MIX_ENV=prod
COPY . .
RUN mix deps.get && mix assets.deploy && mix release
FROM debian:bookworm-slim
WORKDIR /app
HERE
COPY --from=build /app/_build/prod/rel/shop ./
CMD ["/app/bin/shop", "start"]
`,
  'compose.yaml': `services:
  web:
    build: .
    environment:
      PHX_HOST: shop.example.org
      HERE
  db:
    image: postgres:16
`,
  'compose.web.yaml': `services:
  web:
    build: .
    HERE
`,
  'compose.root.yaml': `services:
  web:
    build: .
HERE
`,
  '.env': 'PHX_HOST=shop.example.org\nHERE\n',
  'config/config.exs': 'import Config\nconfig :shop, ShopWeb.Endpoint, url: [host: "localhost"]\nHERE\n',
  'config/prod.exs': 'import Config\nHERE\n',
  'config/runtime.exs': 'import Config\nif config_env() == :prod do\n  HERE\nend\n',
  'lib/shop/application.ex':
    'defmodule Shop.Application do\n  use Application\n  def start(_, _), do: Supervisor.start_link([], strategy: :one_for_one)\n  HERE\nend\n',
  'mix.exs': mix,
  'rel/env.sh.eex': '#!/bin/sh\nHERE\n',
  'start.sh': '#!/bin/sh\nset -e\nHERE\nexec /app/bin/shop start\n',
  Makefile: 'release:\n\tHERE\n\tmix release\n',
  justfile: 'release:\n    HERE\n    mix release\n',
  'assets/package.json': '{\n  "name": "shop",\n  "scripts": { "deploy": "node build.js HERE" }\n}\n',
  'fly.toml': 'app = "shop"\n[env]\n  PHX_HOST = "shop.example.org"\nHERE\n',
  '.npmrc': 'HERE\n',
  '.netrc': 'HERE\n',
  '.docker-gotchas.yaml': 'HERE\n',
}

const dockerfile = `
ENV API_TOKEN=§
ENV API_TOKEN="§"
ENV API_TOKEN='§'
ENV API_TOKEN §
ENV A=1 API_TOKEN=§ B=2
ENV X=\${FOO:-§}
ENV X=\${FOO-§}
ENV FOO=1 X=\${FOO:+§}
ENV DATABASE_URL=ecto://shop:§@db/shop
ENV DATABASE_URL=shop:§@db:5432/shop
ENV REDIS_URL=redis://:§@cache:6379
ENV URL=https://§@example.org/x
ENV URL=https://example.org/?token=§&a=b
ENV SMTP_PW=§
ENV BASIC_AUTH=me:§
ENV STRIPE_KEY=§
ENV X=§
ENV SECRET_KEY_BASE=\\\\n    §
ARG TOKEN=§
ARG TOKEN=§\\nRUN git clone https://me:$TOKEN@example.org/a.git
ARG TOKEN=§\\nENV URL=https://x:\${TOKEN}@example.org
ARG DB_PASSWORD="§"
ARG X=§
LABEL token=§
LABEL org.example.password="§"
LABEL note="Authorization: Bearer §"
RUN export API_TOKEN=§ && mix compile
RUN API_TOKEN=§ mix compile
RUN API_TOKEN="§" ./run.sh
RUN API_TOKEN='§' ./run.sh
RUN curl -H "Authorization: Bearer §" https://example.org
RUN curl -H 'X-Api-Key: §' https://example.org
RUN curl -H "Authorization: Basic §" https://example.org
RUN curl -u me:§ https://example.org
RUN curl --user me:§ https://example.org
RUN curl --user=me:§ https://example.org
RUN wget --password=§ https://example.org
RUN wget --header="Private-Token: §" https://example.org
RUN curl https://me:§@example.org/a.tar.gz -o a
RUN mix hex.organization auth acme --key §
RUN mix hex.repo add acme https://example.org --auth-key §
RUN docker login -u me -p § example.org
RUN mysql -u root -p§ shop
RUN psql "postgres://shop:§@db/shop"
RUN PGPASSWORD=§ psql -h db
RUN redis-cli -a § ping
RUN echo § | docker login --password-stdin
RUN echo "TOKEN=§" >> .env
RUN printf 'machine example.org login me password §' > ~/.netrc
RUN npm config set //registry.example.org/:_authToken=§
RUN npm config set //registry.example.org/:_authToken §
RUN --mount=type=cache,target=/x TOKEN=§ mix release
RUN ["env", "SECRET=§", "mix", "release"]
RUN ["curl", "-u", "me:§", "https://example.org"]
RUN ["sh", "-c", "API_TOKEN=§ mix release"]
RUN git clone https://oauth2:§@example.org/a.git
RUN git config --global url."https://me:§@example.org/".insteadOf "https://example.org/"
RUN sed -i "s/TOKEN/§/" config.txt
RUN if [ -z "$X" ]; then export TOKEN=§; fi
RUN <<EOF\\nexport API_TOKEN=§\\nmix release\\nEOF
RUN <<'EOF'\\ncurl -u me:§ https://example.org\\nEOF
COPY <<EOF /app/.env\\nSECRET_KEY_BASE=§\\nEOF
COPY <<EOF /app/key.pem\\n-----BEGIN PRIVATE KEY-----\\n§\\n-----END PRIVATE KEY-----\\nEOF
ADD https://me:§@example.org/a.tar.gz /a
ADD https://example.org/a.tar.gz?token=§ /a
CMD SECRET=§ /app/bin/shop start
CMD ["env", "SECRET_KEY_BASE=§", "/app/bin/shop", "start"]
ENTRYPOINT API_TOKEN=§ exec /app/bin/shop start
ENTRYPOINT ["/bin/sh", "-c", "TOKEN=§ /app/bin/shop start"]
HEALTHCHECK CMD curl -u me:§ http://localhost:4000/health
HEALTHCHECK CMD ["curl", "-H", "Authorization: Bearer §", "http://localhost:4000/"]
HEALTHCHECK CMD curl -H "X-Api-Key: §" http://localhost:4000/health
ONBUILD ENV API_TOKEN=§
ONBUILD RUN TOKEN=§ mix compile
USER § 
WORKDIR /app/§
STOPSIGNAL §
EXPOSE §
VOLUME §
SHELL ["/bin/sh", "-c", "TOKEN=§"]
EVN X=§
EVN API_TOKEN=§
SECRET_KEY_BASE=§
TOKEN §
ENV API_TOKEN="§
ENV API_TOKEN='§
ENV API TOKEN=§
ENV =§
ENV §
ARG §
ARG MY TOKEN=§
LABEL a b=§
COPY --from=§ /a /b
COPY --secret=§ /a /b
COPY --chown=§ a b
FROM § AS other
RUN --mount=type=secret,id=§ mix release
RUN --foo=§ mix release
HEALTHCHECK --interval=§ CMD true
HEALTHCHECK --token=§ CMD true
CMD ["env", "TOKEN=§"
ENTRYPOINT ["TOKEN=§", ]
	ENV	API_TOKEN=§
# syntax=§
# API_TOKEN=§
FROM debian AS §
RUN mix §
RUN bin/shop eval "Shop.run(\\"§\\")"
RUN /app/bin/shop rpc '§'
RUN mix run -e 'System.put_env("TOKEN", "§")'
RUN ./start.sh --token §
RUN ./start.sh --token=§
RUN make release TOKEN=§
RUN openssl enc -k § -in a -out b
RUN sshpass -p § ssh me@example.org
RUN X="$(printf § | base64)" mix release
`

const environment = `
SECRET_KEY_BASE: §
SECRET_KEY_BASE: "§"
SECRET_KEY_BASE: '§'
"SECRET_KEY_BASE": "§"
SECRET_KEY_BASE: |\\n        §
SECRET_KEY_BASE: >-\\n        §
SECRET_KEY_BASE: &key §
SECRET_KEY_BASE: !!str §
API_TOKEN: "\${API_TOKEN:-§}"
API_TOKEN: \${API_TOKEN-§}
API_TOKEN: \${API_TOKEN:?§}
API_TOKEN: \${X:+§}
API_TOKEN: \${A:-\${B:-§}}
LEVEL: \${LEVEL:-§}
DATABASE_URL: ecto://shop:§@db/shop
DATABASE_URL: "ecto://shop:§@db/shop"
DATABASE_URL: ecto://shop:\${PW:-§}@db/shop
DATABASE_URL: shop:§@db/shop
SENTRY_DSN: https://§@o1.ingest.example.org/2
SMTP_PW: §
ADMIN_AUTH: me:§
COOKIE_KEY: §
X: §
"X": "§"
NOTE: "the token is §"
HEADER: "Authorization: Bearer §"
PHX_SERVER: §
PORT: §
LOG_LEVEL: §
POOL_SIZE: §
PHX_HOST: §
ECTO_IPV6: §
RELEASE_COOKIE: §
SECRET_KEY_BASE:§
SECRET KEY: §
SECRET_KEY_BASE: "§
SECRET_KEY_BASE: '§
SECRET_KEY_BASE: [§
SECRET_KEY_BASE: {§
	SECRET_KEY_BASE: §
TOKEN: 1\\n      TOKEN: §
- SECRET_KEY_BASE=§
SECRET_KEY_BASE=§
*§
: §
"§": 1
§: 1
§
`

const service = `
environment:\\n      - SECRET_KEY_BASE=§
environment:\\n      - "API_TOKEN=§"
environment:\\n      - API_TOKEN=\${API_TOKEN:-§}
environment:\\n      - DATABASE_URL=ecto://shop:§@db/shop
environment:\\n      - X=§
environment:\\n      - §
environment: { TOKEN: "§" }
environment: "TOKEN=§"
environment: ["TOKEN=§"]
command: /bin/sh -c "API_TOKEN=§ /app/bin/shop start"
command: env API_TOKEN=§ /app/bin/shop start
command: ["env", "API_TOKEN=§", "/app/bin/shop", "start"]
command:\\n      - env\\n      - TOKEN=§\\n      - /app/bin/shop
command: /app/bin/shop start --token §
command: redis-server --requirepass §
entrypoint: TOKEN=§ /app/bin/shop start
entrypoint: ["/app/bin/shop", "--password", "§"]
healthcheck:\\n      test: curl -u me:§ http://localhost:4000/
healthcheck:\\n      test: ["CMD", "curl", "-H", "Authorization: Bearer §", "http://localhost:4000/"]
healthcheck:\\n      test: ["CMD-SHELL", "TOKEN=§ curl http://localhost:4000/"]
healthcheck:\\n      interval: §
labels:\\n      token: §
labels:\\n      - "traefik.http.middlewares.auth.basicauth.users=me:§"
labels: { api_key: "§" }
x-token: §
x-env: { SECRET: "§" }
image: example.org/shop:§
image: me:§@example.org/shop
ports: ["§"]
ports:\\n      - §:4000
volumes: ["./§:/x"]
env_file: §
env_file:\\n      - path: §
depends_on: [§]
profiles: ["§"]
user: §
restart: §
extra_hosts: ["x:§"]
secrets: [§]
token: §
password: "§"
networks: §
deploy:\\n      replicas: §
build:\\n      context: .\\n      args:\\n        TOKEN: §
build:\\n      context: .\\n      args:\\n        - TOKEN=§
build:\\n      context: https://me:§@example.org/a.git
build:\\n      target: §
build:\\n      dockerfile_inline: |\\n        FROM debian\\n        ENV API_TOKEN=§
extends: { file: x.yaml, service: § }
<<: *§
`

const root = `
x-shared: &shared\\n  SECRET_KEY_BASE: §
secrets:\\n  key:\\n    environment: §
secrets:\\n  key:\\n    file: ./§
configs:\\n  env:\\n    content: |\\n      API_TOKEN=§
configs:\\n  env:\\n    content: "password=§"
include: §
include:\\n  - path: §
name: §
version: §
token: §
volumes:\\n  data:\\n    driver_opts:\\n      o: "username=me,password=§"
networks:\\n  §:
§
"§
`

const env = `
SECRET_KEY_BASE=§
export SECRET_KEY_BASE=§
SECRET_KEY_BASE="§"
SECRET_KEY_BASE='§'
SECRET_KEY_BASE: §
SECRET_KEY_BASE = §
 SECRET_KEY_BASE=§
DATABASE_URL=ecto://shop:§@db/shop
DATABASE_URL=shop:§@db/shop
X=§
X="§"
X=\${Y:-§}
SMTP_PW=§
SECRET_KEY_BASE="§
SECRET_KEY_BASE='§
SECRET KEY BASE=§
SECRET-KEY=§
=§
§
§=1
export §
TOKEN=1\\nTOKEN=§
1TOKEN=§
TOKEN §
TOKEN\t=§
# TOKEN=§
TOKEN="a\\n§"
TOKEN=$X§
PHX_HOST=§
`

const config = `
config :shop, ShopWeb.Endpoint, secret_key_base: "§"
config :shop, ShopWeb.Endpoint, secret_key_base: ~s(§)
config :shop, ShopWeb.Endpoint, secret_key_base: ~S|§|
config :shop, ShopWeb.Endpoint, secret_key_base: '§'
config :shop, ShopWeb.Endpoint, secret_key_base: """\\n  §\\n  """
config :shop, ShopWeb.Endpoint, [{:secret_key_base, "§"}]
config :shop, ShopWeb.Endpoint, %{"secret_key_base" => "§"}
config :shop, ShopWeb.Endpoint, secret_key_base: "a" <> "§"
config :shop, ShopWeb.Endpoint, secret_key_base: "§" |> String.trim()
config :shop, ShopWeb.Endpoint, secret_key_base: Enum.join(["§", "x"])
key = "§"\\nconfig :shop, ShopWeb.Endpoint, secret_key_base: key
@key "§"
config :shop, Shop.Repo, password: "§"
config :shop, Shop.Repo, url: "ecto://shop:§@db/shop"
config :shop, Shop.Repo, url: System.get_env("DATABASE_URL") || "ecto://shop:§@db/shop"
config :shop, Shop.Repo, url: "ecto://" <> "shop:§" <> "@db/shop"
config :shop, ShopWeb.Endpoint, secret_key_base: System.get_env("SECRET_KEY_BASE", "§")
config :shop, ShopWeb.Endpoint, secret_key_base: System.get_env("SECRET_KEY_BASE") || "§"
config :shop, ShopWeb.Endpoint, secret_key_base: if(System.get_env("A"), do: "§", else: "b")
config :shop, ShopWeb.Endpoint, secret_key_base: case System.get_env("A") do\\n    nil -> "§"\\n    x -> x\\n  end
config :shop, token: "§"
config :shop, :api_key, "§"
config :shop, x: "§"
config :shop, x: :"§"
config :shop, x: ["§"]
config :shop, x: ~w(§)
config :shop, x: ~r/§/
config :shop, "§": 1
config :shop, x: String.to_integer("§")
config :shop, x: String.to_existing_atom("§")
config :shop, x: String.to_atom("§")
config :logger, level: String.to_atom("§")
config :logger, level: :"§"
config :shop, ShopWeb.Endpoint, http: [port: "§"]
config :shop, ShopWeb.Endpoint, url: [host: "§"]
config :shop, ShopWeb.Endpoint, url: [host: "https://me:§@example.org"]
config :shop, x: Map.fetch!(%{}, "§")
config :shop, x: System.fetch_env!("§")
config :shop, x: raise("token § is wrong")
config :shop, x: Integer.parse("§")
System.put_env("API_TOKEN", "§")
Application.put_env(:shop, :secret, "§")
"§" = System.get_env("X", "1")
config :shop, header: {"Authorization", "Bearer §"}
config :shop, headers: [{"x-api-key", "§"}]
config :shop, ShopWeb.Endpoint, secret_key_base: "§
config :shop, ShopWeb.Endpoint, secret_key_base: §
config :shop, secret_key_base "§"
config :shop, [secret: "§"
secret_key_base: "§"
# secret_key_base: "§"
import_config "§.exs"
Code.require_file("§")
File.read!("/run/§")
`

const code = `
@secret "§"
def key, do: "§"
def token, do: System.get_env("TOKEN") || "§"
def init(_, c), do: {:ok, Keyword.put(c, :password, "§")}
def x, do: %{api_key: "§"}
def x, do: Req.get!("https://me:§@example.org")
def x, do: "§
`

const shell = `
export API_TOKEN=§
API_TOKEN="§"
API_TOKEN='§' ./x
export RELEASE_COOKIE=§
: "\${API_TOKEN:=§}"
API_TOKEN=\${API_TOKEN:-§}
curl -u me:§ https://example.org
curl -H "Authorization: Bearer §" https://example.org
TOKEN=$(echo §)
cat > .env <<EOF\\nTOKEN=§\\nEOF
echo '§' > key
psql "host=db password=§"
bin/shop eval 'Shop.set("§")'
TOKEN="§
set -- --token §
`

const others: Readonly<Record<string, string>> = {
  'mix.exs':
    '@token "§"\ndefp token, do: "§"\ndef x, do: [api_key: "§"]\ndef y, do: [{:x, git: "https://me:§@example.org/x.git"}]\ndef z, do: "§\n',
  'rel/env.sh.eex': shell,
  'start.sh': shell,
  Makefile: 'TOKEN=§ mix release\ncurl -u me:§ https://example.org\nexport API_TOKEN=§; mix release\n',
  justfile: 'TOKEN=§ mix release\ncurl -u me:§ https://example.org\n',
  'assets/package.json': '--token §\n&& TOKEN=§ x\n--auth=me:§\n',
  'fly.toml': '  API_TOKEN = "§"\n  X = "§"\n  SECRET = §\n§\n[build.args]\\n  TOKEN = "§"\n',
  '.npmrc': '//registry.example.org/:_authToken=§\n_auth=§\n//registry.example.org/:_password="§"\n',
  '.netrc': 'machine example.org login me password §\n',
  '.docker-gotchas.yaml':
    'ignore: §\nservice: §\ntarget: §\nrules: { §: off }\nprovided: [§]\n§\ntoken: "§\nbaseline: §\n',
  'lib/shop/application.ex': code,
  'config/config.exs': 'config :shop, token: "§"\nconfig :shop, ShopWeb.Endpoint, live_view: [signing_salt: "§"]\n',
  'config/prod.exs': config,
  'config/runtime.exs': config,
}

const linesOf = (text: string): readonly string[] =>
  text
    .split(/\n(?!\n)/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.replaceAll('\\n', '\n'))

const at = (file: string, text: string): readonly SecretPlace[] => linesOf(text).map((line) => ({ file, text: line }))

/** Every place that is tried, each for itself. */
export const places: readonly SecretPlace[] = [
  ...at('Dockerfile', dockerfile),
  ...at('compose.yaml', environment),
  ...at('compose.web.yaml', service),
  ...at('compose.root.yaml', root),
  ...at('.env', env),
  ...Object.entries(others).flatMap(([file, text]) => at(file, text)),
]
