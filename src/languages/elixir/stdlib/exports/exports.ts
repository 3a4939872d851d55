import { type Maybe, unknown, yesOrNo } from '../../../../text/known.ts'
import { once } from '../../../../text/once.ts'
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

/** The words `name/1,2` of each module of a table, which stand behind `=Module`. */
const byModule = once((): ReadonlyMap<string, string> => {
  const parts = [elixirExports, erlangExports].flatMap((table) => table.split(/(?:^|\s)=([^\s/]+)(?=\s)/).slice(1))
  return new Map(parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? ''] as const] : [])))
})

/** The functions `name/arity` of a listed module; undefined where it is none. */
function functionsOf(module: string): ReadonlySet<string> | undefined {
  const table = byModule().get(module)
  if (table === undefined) return undefined
  const known = listed.get(module) ?? new Set(wordsOf(table).flatMap(arities))
  listed.set(module, known)
  return known
}

const listed = new Map<string, ReadonlySet<string>>()

const wordsOf = (table: string): readonly string[] => table.split(/\s+/).filter((word) => word !== '')

function arities(word: string): readonly string[] {
  const at = word.lastIndexOf('/')
  return word
    .slice(at + 1)
    .split(',')
    .map((arity) => `${word.slice(0, at)}/${arity}`)
}

const newer = once(
  (): ReadonlyMap<string, string> =>
    new Map(
      Object.entries(newerExports).flatMap(([version, table]) =>
        table.split(/\s+/).flatMap((word) => arities(word).map((key) => [key, version] as const)),
      ),
    ),
)

const unlistedModules = once((): ReadonlySet<string> => new Set(unlisted.split(/\s+/)))

/** Whether a module belongs to Elixir's or Erlang's own libraries. */
export const isStandardModule = (name: string): boolean => byModule().has(name) || unlistedModules().has(name)

/** Whether `Module.name/arity` exists in Elixir `version`. */
export function isExported(key: string, version: string): Maybe {
  // The functions `..` and `..//` have the points in their name.
  const module = key.slice(0, key.lastIndexOf('.', key.lastIndexOf('/'))).replace(/\.+$/, '')
  const functions = functionsOf(module)
  if (functions?.has(key.slice(module.length + 1))) return 'yes'
  const since = newer().get(key)
  if (since !== undefined) {
    const [major = 1, minor = 0] = since.split('.').map(Number)
    return yesOrNo(atLeast(version, major, minor))
  }
  if (!functions || /\.(?:module_info|__info__|__struct__|behaviour_info)\//.test(key)) return notTold
  return atLeast(version, 1, 21) ? notTold : 'no'
}

const notTold = unknown('the tables of the standard library do not tell')

const standardAtoms = once((): ReadonlySet<string> => {
  const modules = [...byModule().keys(), ...unlistedModules()]
  return new Set([
    ...virtualMachineAtoms.split(/\s+/),
    ...[...byModule().values()].flatMap(wordsOf).map((word) => word.slice(0, word.lastIndexOf('/'))),
    ...modules.map((name) => (name.startsWith(':') ? name.slice(1) : `Elixir.${name}`)),
  ])
})

/** Whether an atom exists wherever Elixir runs; of usual words only. */
export const isStandardAtom = (name: string): boolean => standardAtoms().has(name)
