/** Variables that a release's own script and its `env.sh` read (mix help release, "Environment variables"). */
export const releaseVariables: readonly string[] = [
  'RELEASE_BOOT_SCRIPT',
  'RELEASE_BOOT_SCRIPT_CLEAN',
  'RELEASE_COMMAND',
  'RELEASE_COOKIE',
  'RELEASE_DISTRIBUTION',
  'RELEASE_MODE',
  'RELEASE_NAME',
  'RELEASE_NODE',
  'RELEASE_PROG',
  'RELEASE_REMOTE_VM_ARGS',
  'RELEASE_ROOT',
  'RELEASE_SYS_CONFIG',
  'RELEASE_TMP',
  'RELEASE_VM_ARGS',
  'RELEASE_VSN',
]

const systemVariables =
  /^(PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|HOSTNAME|TERM|TZ|TMPDIR|TMP|TEMP|LANG|LANGUAGE|EDITOR|COLORTERM|NO_COLOR|FORCE_COLOR|DEBIAN_FRONTEND|LD_PRELOAD|LD_LIBRARY_PATH|UID|GID|PUID|PGID)$/
const systemPrefixes = /^(LC_|XDG_|DOCKER_|COMPOSE_|KUBERNETES_|FLY_|RENDER_|RAILWAY_|TRAEFIK_|VIRTUAL_|LETSENCRYPT_)/
const proxies = /^(https?|no|all|ftp)_proxy$/i
const runtime =
  /^(ERL_|ERTS_|ELIXIR_|MIX_|HEX_|REBAR_|IEX_|ESCRIPT_|MALLOC_|SSL_CERT_|SSLKEYLOGFILE$|ROOTDIR$|BINDIR$|EMU$)/
/** Read by packages that a Phoenix project takes from Hex, whose code is not in view. */
const packages =
  /^(AWS_|PG(HOST|PORT|USER|PASSWORD|DATABASE|SSLMODE|PASSFILE|APPNAME)|OTEL_|SENTRY_|APPSIGNAL_|NEW_RELIC_|HONEYBADGER_|ROLLBAR_|BUGSNAG_|DD_|GOOGLE_APPLICATION_|GCLOUD_|GOOGLE_CLOUD_|GCP_|VAULT_|CLUSTER_|DNS_CLUSTER_|STATSD_|LOGFLARE_|OBAN_|NODE_|CHROME_|CHROMIUM_|PUPPETEER_|IMAGEMAGICK_|MAGICK_)/

/** Whether the system, the Erlang VM or a package may read a variable without a word of it in the project. */
export const isReadElsewhere = (name: string): boolean =>
  releaseVariables.includes(name) ||
  systemVariables.test(name) ||
  [systemPrefixes, proxies, runtime, packages].some((known) => known.test(name))
