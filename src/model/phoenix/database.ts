import { aliasName } from '../../languages/elixir/aliases.ts'
import type { Node } from '../../languages/elixir/ast.ts'
import type { ModuleDefinition } from '../../languages/elixir/modules.ts'
import { walk } from '../../languages/elixir/query.ts'
import { type Code, functionOf } from './code.ts'

/** Whether code asks the database; `unknown` where it calls code that is not in view. */
export type AsksDatabase = 'yes' | 'no' | 'unknown'

const queries =
  /^(Ecto\.Adapters\.SQL|Ecto\.Migrator|Ecto\.Repo|Postgrex|MyXQL|Mongo|Redix|Exqlite\.Sqlite3|Ch|DBConnection)$/
const harmless =
  /^(Plug|Phoenix|Logger|Jason|Poison|String|Integer|Float|Enum|Map|Keyword|List|Atom|Tuple|Kernel|IO|System|Application|Process|DateTime|Date|Time|NaiveDateTime|Node|Base|URI|Access|Regex|Gettext|Telemetry|:telemetry|:erlang|:timer|:logger|:application|:os)(\.|$)/

/** Whether `module.name` reaches a query, through the functions of the project. */
export function asksDatabase(code: Code, module: ModuleDefinition, name: string, arity?: number): AsksDatabase {
  const seen = new Set<string>()
  const repos = new Set(code.using('Ecto.Repo').map((repo) => repo.name))

  const ofFunction = (owner: ModuleDefinition, called: string, calledArity?: number): AsksDatabase => {
    const key = `${owner.name}.${called}/${calledArity ?? '*'}`
    if (seen.has(key)) return 'no'
    seen.add(key)
    const definition = functionOf(owner, called, calledArity)
    if (definition === undefined) return 'unknown'
    return worst(definition.clauses.flatMap((clause) => (clause.body ? [ofBody(clause.body, owner)] : [])))
  }

  const ofBody = (body: Node, owner: ModuleDefinition): AsksDatabase => {
    const answers: AsksDatabase[] = []
    walk(body, (node) => {
      if (node.kind === 'capture' && node.body.kind === 'binary' && node.body.left.kind === 'call') return
      if (node.kind === 'alias') {
        const named = aliasName(node, owner.aliases, owner.name)
        if (named !== undefined && isRepo(named)) answers.push('yes')
      }
      if (node.kind !== 'call') return
      if (node.target === undefined) {
        const own = functionOf(owner, node.name)
        if (own) answers.push(ofFunction(owner, node.name))
        return
      }
      const target = aliasName(node.target, owner.aliases, owner.name)
      if (target === undefined) return
      if (isRepo(target) || queries.test(target)) answers.push('yes')
      else if (code.module(target)) {
        const other = code.module(target)
        if (other) answers.push(ofFunction(other, node.name))
      } else if (!harmless.test(target)) answers.push('unknown')
    })
    return worst(answers)
  }

  const isRepo = (named: string) => repos.has(named) || /(^|\.)Repo$/.test(named)
  return ofFunction(module, name, arity)
}

function worst(answers: readonly AsksDatabase[]): AsksDatabase {
  if (answers.includes('yes')) return 'yes'
  return answers.includes('unknown') ? 'unknown' : 'no'
}
