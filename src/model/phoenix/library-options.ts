import type { ModuleDefinition, ModuleUse } from '../../languages/elixir/syntax/modules.ts'
import { keywordGet } from '../../languages/elixir/syntax/query.ts'
import { nearest } from '../../text/nearest.ts'

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** The options under a module that uses a library. */
const optionsByLibrary: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  // Phoenix.Endpoint, "Endpoint configuration", and the adapters' own.
  [
    'Phoenix.Endpoint',
    words(`adapter cache_static_manifest cache_static_manifest_latest cache_manifest_skip_vsn check_origin code_reloader
      debug_errors drainer endpoint force_ssl http https instrumenters ip live_reload live_view log_access_url on_init
      phoenix_profile port pubsub pubsub_server reloadable_apps reloadable_args reloadable_compilers render_errors root
      secret_key_base server static_url sync url watchers`),
  ],
  // Ecto.Repo and Ecto.Adapters.SQL, DBConnection.start_link/2, and the options of Postgrex, MyXQL, Tds and Exqlite.
  [
    'Ecto.Repo',
    words(`adapter after_connect after_connect_timeout auth_mechanism backoff_max backoff_min backoff_type busy_timeout
      cache_size charset chunk_size cli_protocol collation configure connect_timeout connection_listeners database
      default_dynamic_repo default_transaction_mode disable_composite_types disconnect_on_error_codes
      dump_path encoding endpoints force_drop foreign_keys handshake_timeout hostname idle_interval idle_limit
      idle_timeout instance journal_mode key lc_collate lc_ctype log loggers maintenance_database max_lifetime
      max_restarts max_seconds migration_advisory_lock_max_tries migration_advisory_lock_retry_interval_ms
      migration_default_prefix migration_foreign_key migration_lock migration_primary_key migration_repo
      migration_source migration_timestamps mode name ownership_timeout parameters password ping_timeout pool pool_count
      pool_overflow pool_size pool_timeout port prepare priv protocol queue_interval queue_target read_only
      show_sensitive_data_on_connection_error socket socket_dir socket_options ssl ssl_mode ssl_opts sslmode stacktrace
      start_apps_before_migration start_apps_before_migrations structure_dump synchronous target_server_type
      telemetry_options telemetry_prefix temp_store template timeout transport types url username
      wal_auto_check_point`),
  ],
])

/** What the adapters of mailers take; those that are out of view may take more. */
const ofMailers =
  words(`access_key adapter api_key auth base_url domain hackney_opts hostname password port region relay
  retries secret server server_token ssl tls token username`)

/** What `use` says of the library that reads the config under a module: it names the application in `otp_app`. */
export const configuredUse = ({ uses }: ModuleDefinition): ModuleUse | undefined =>
  uses.find(({ options }) => keywordGet(options, 'otp_app') !== undefined)

/**
 * Whether a library takes an option from the config under the module that uses it, and asks nobody else for it; undefined
 * where the library is not known.
 */
export function takesOption({ module }: ModuleUse, option: string | undefined): boolean | undefined {
  if (/^(Swoosh|Bamboo)\.Mailer$/.test(module)) return option === undefined || ofMailers.has(option) || undefined
  const options = optionsByLibrary.get(module)
  return options && (option === undefined || options.has(option))
}

/** An option that a library takes and that one which it does not take is nearly: a slip of the hand, or a number behind it. */
export function optionMeant({ module }: ModuleUse, option: string): string | undefined {
  const known = /^(Swoosh|Bamboo)\.Mailer$/.test(module) ? new Set(['adapter']) : optionsByLibrary.get(module)
  if (known === undefined || known.has(option) || ofMailers.has(option)) return undefined
  const plain = option.replace(/_?\d+$/, '')
  return known.has(plain) ? plain : nearest(option, [...known], option.length < 8 ? 1 : 2)
}

/** The options that the `url` of a repo replaces (Ecto.Repo, "URLs"). */
export const ofUrl: ReadonlySet<string> = words('username password hostname database port')
