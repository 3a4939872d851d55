import type { CallNode } from '../../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { textOf } from '../../../text/source.ts'
import type { Code } from '../../phoenix/code.ts'
import { reachOf } from '../../phoenix/reach.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'

/** A repo that is asked, and that nothing has started. */
export interface UnstartedRepo {
  /** The call in a module; undefined where the text of `eval` makes it itself. */
  readonly node: CallNode | undefined
  /** As it is written: `Shop.Repo`, `repo`; undefined where it is piped in. */
  readonly repo: string | undefined
  /** Whether `Ecto.Migrator` is called, and not the repo itself. */
  readonly migrates: boolean
  /** Whether code out of view may start it. */
  readonly isSure: boolean
}

/**
 * What the Elixir text of an `eval` asks of a repo without starting it. `eval` loads the applications of a release and starts
 * none of them (mix help release), and only `with_repo/2` of Ecto.Migrator starts a repo by itself.
 */
export function unstartedRepoOf(text: string, code: Code): UnstartedRepo | undefined {
  if (starts.test(text)) return undefined
  const [, inline] = /\bEcto\.Migrator\.(?:run|up|down|migrations)\(\s*([A-Z][\w.]*)/.exec(text) ?? []
  if (inline !== undefined) return { node: undefined, repo: inline, migrates: true, isSure: true }
  for (const [, owner = '', name = ''] of text.matchAll(called)) {
    const module = code.module(owner)
    if (!module) continue
    if (isRepo(module) && !needsNoProcess.test(name))
      return { node: undefined, repo: owner, migrates: false, isSure: true }
    const { functions, outside, hidden } = reachOf(code, { module, name })
    if (functions.some(({ definition }) => bodiesOf(definition).some((body) => starts.test(textOf(body.span)))))
      continue
    for (const { node, module: by } of outside) {
      if (by === undefined || node.kind !== 'call') continue
      if (by === 'Ecto.Migrator' && asks.test(node.name))
        return { node, repo: firstOf(node), migrates: true, isSure: !hidden }
      if (isRepo(code.module(by)) && !needsNoProcess.test(node.name))
        return { node, repo: by, migrates: false, isSure: !hidden }
    }
  }
  return undefined
}

const isRepo = (module: ModuleDefinition | undefined): boolean =>
  module?.uses.some((use) => use.module === 'Ecto.Repo') ?? false

function firstOf({ args: [first] }: CallNode): string | undefined {
  const isPiped = first === undefined || first.kind === 'atom' || first.kind === 'list'
  return isPiped ? undefined : textOf(first.span)
}

/** What a repo answers from its config and its code. */
const needsNoProcess =
  /^(__\w+__|config|default_options|prepare_query|init|get_dynamic_repo|put_dynamic_repo|child_spec|stop)$/

const asks = /^(run|up|down|migrations|migrated_versions)$/

const called = /(?<![\w.:@&"'])([A-Z]\w*(?:\.[A-Z]\w*)*)\.([a-z_]\w*[?!]?)/g

/** What starts a repo, or may; the applications of libraries start no repo of the app. */
const starts =
  /\b(with_repo|start_link|start_child\w*|ensure_started|start_permanent|start_repo\w*|Supervisor)\b|\.start\b|\bensure_all_started(?!\(:(ssl|crypto|logger|ecto|ecto_sql|postgrex|myxql|tds|exqlite|telemetry|db_connection)\b)/
