import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { textOf } from '../../text/source.ts'
import type { Code } from './code.ts'
import { type OutsideCall, reachOf } from './reach.ts'

/** Whether code asks the database; `unknown` where it calls code that is not in view. */
export type AsksDatabase = 'yes' | 'no' | 'unknown'

const queries =
  /^(Ecto\.Adapters\.SQL|Ecto\.Migrator|Ecto\.Repo|Postgrex|MyXQL|Mongo|Redix|Exqlite\.Sqlite3|Ch|DBConnection|Phoenix\.Ecto\.CheckRepoStatus)(\.|$)/
const harmless =
  /^(Plug|Phoenix|Logger|Jason|Poison|JSON|String|Integer|Float|Enum|Stream|Map|MapSet|Keyword|List|Atom|Tuple|Kernel|IO|System|Application|Process|DateTime|Date|Time|NaiveDateTime|Node|Base|URI|Access|Regex|Gettext|Inspect|Exception|Function|Version|Telemetry|:telemetry|:erlang|:timer|:logger|:application|:os|:init|:calendar|:math|:rand|:crypto|:maps|:lists|:code|:net_kernel)(\.|$)/

/** Whether `module.name` reaches a query, through the functions of the project. */
export function asksDatabase(code: Code, module: ModuleDefinition, name: string, arity?: number): AsksDatabase {
  const reach = reachOf(code, { module, name, ...(arity === undefined ? {} : { arity }) })
  if (reach.named.some((named) => isRepo(code, named))) return 'yes'
  if (reach.outside.some((call) => isQuery(code, call))) return 'yes'
  const known = reach.outside.every((call) => call.module !== undefined && harmless.test(call.module))
  return reach.hidden || !known ? 'unknown' : 'no'
}

/** Whether a call goes to a repo, or to a library that asks a database. */
export function isQuery(code: Code, { node, module }: OutsideCall): boolean {
  if (module !== undefined) return isRepo(code, module) || queries.test(module)
  return node.kind === 'call' && node.target !== undefined && /repo[()]*$/i.test(textOf(node.target.span))
}

/** Whether a module is an Ecto.Repo: it uses that, or is named so. */
const isRepo = (code: Code, name: string): boolean =>
  code.using('Ecto.Repo').some((repo) => repo.name === name) || /(^|\.)Repo$/.test(name)
