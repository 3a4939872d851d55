import { type Maybe, unknown, yesOrNo } from '../../../../text/known.ts'
import { atLeast } from '../../values/inspect.ts'
import { virtualMachineAtoms } from './atoms.ts'
import { elixirExports } from './exports-elixir.ts'
import { erlangExports } from './exports-erlang.ts'
import { newerExports } from './exports-newer.ts'

/** Modules that every release has and whose functions are not listed. */
const unlisted = `Agent Behaviour Calendar.ISO Calendar.TimeZoneDatabase Calendar.UTCOnlyTimeZoneDatabase Code.Fragment Config.Provider
  DynamicSupervisor GenServer GenEvent IO.ANSI Inspect.Algebra Inspect.Opts Logger.Backends.Console Logger.Formatter Logger.Translator
  Macro.Env PartitionSupervisor Port Protocol Record Registry StringIO Supervisor Supervisor.Spec Task Task.Supervisor JSON Duration
  ArgumentError ArithmeticError BadArityError BadBooleanError BadFunctionError BadMapError BadStructError CaseClauseError
  Code.LoadError CompileError CondClauseError Enum.EmptyError Enum.OutOfBoundsError ErlangError File.CopyError File.Error
  File.LinkError File.RenameError FunctionClauseError IO.StreamError KeyError MatchError OptionParser.ParseError
  Protocol.UndefinedError Regex.CompileError RuntimeError SyntaxError System.EnvError SystemLimitError TokenMissingError
  TryClauseError URI.Error UndefinedFunctionError UnicodeConversionError Version.InvalidRequirementError
  Version.InvalidVersionError WithClauseError Date.Range File.Stat File.Stream System.SignalHandler
  :elixir :calendar :ets :dets :gen_server :gen_tcp :gen_udp :gen_statem :ssl :public_key :httpc :inets :queue :sets :ordsets
  :orddict :dict :zlib :error_logger :global :rpc :erpc :net_adm :inet_res :supervisor :proc_lib :sys :beam_lib :erl_eval
  :erl_scan :erl_parse :erl_tar :zip :pg :asn1rt_nif :os_mon :cpu_sup :memsup :disksup :disk_log
  :logger_formatter :logger_std_h :logger_disk_log_h :logger_filters :gen_event :heart :erl_ddll :seq_trace :counters :atomics`

/** Keys `Module.name/arity` of a table. */
function keysOf(table: string): { readonly modules: readonly string[]; readonly keys: readonly string[] } {
  const modules: string[] = []
  const keys: string[] = []
  for (const word of table.split(/\s+/)) {
    if (word.startsWith('=') && !word.includes('/')) modules.push(word.slice(1))
    else if (word !== '') keys.push(...arities(`${modules.at(-1) ?? ''}.${word}`))
  }
  return { modules, keys }
}

function arities(word: string): readonly string[] {
  const at = word.lastIndexOf('/')
  return word
    .slice(at + 1)
    .split(',')
    .map((arity) => `${word.slice(0, at)}/${arity}`)
}

const [elixir, erlang] = [keysOf(elixirExports), keysOf(erlangExports)]
const listedModules: ReadonlySet<string> = new Set([...elixir.modules, ...erlang.modules])
const listed: ReadonlySet<string> = new Set([...elixir.keys, ...erlang.keys])
const newer: ReadonlyMap<string, string> = new Map(
  Object.entries(newerExports).flatMap(([version, table]) =>
    table.split(/\s+/).flatMap((word) => arities(word).map((key) => [key, version] as const)),
  ),
)

/** Modules of Elixir's and Erlang's own libraries. */
export const standardLibraryModules: ReadonlySet<string> = new Set([...listedModules, ...unlisted.split(/\s+/)])

/** Whether `Module.name/arity` exists in Elixir `version`. */
export function isExported(key: string, version: string): Maybe {
  if (listed.has(key)) return 'yes'
  const since = newer.get(key)
  if (since !== undefined) {
    const [major = 1, minor = 0] = since.split('.').map(Number)
    return yesOrNo(atLeast(version, major, minor))
  }
  const module = key.slice(0, key.lastIndexOf('.', key.lastIndexOf('/')))
  if (!listedModules.has(module) || /\.(?:module_info|__info__|__struct__|behaviour_info)\//.test(key)) return notTold
  return atLeast(version, 1, 21) ? notTold : 'no'
}

const notTold = unknown('the tables of the standard library do not tell')

/** Atoms that exist wherever Elixir runs, as far as they are usual words. */
export const standardAtoms: ReadonlySet<string> = new Set([
  ...virtualMachineAtoms.split(/\s+/),
  ...[...listed].map((key) => key.slice(key.lastIndexOf('.', key.lastIndexOf('/')) + 1, key.lastIndexOf('/'))),
  ...[...standardLibraryModules].map((name) => (name.startsWith(':') ? name.slice(1) : `Elixir.${name}`)),
])
