import { aliasName } from '../../languages/elixir/syntax/aliases.ts'
import type { Node } from '../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { walk } from '../../languages/elixir/syntax/query.ts'
import type { Code } from './code.ts'

/** The modules of the project that run migrations: they name `Ecto.Migrator`. */
export const migratorsOf = (code: Code): readonly ModuleDefinition[] =>
  code.mentioning(/Migrator/).filter((module) => names(module, (name) => name === 'Ecto.Migrator'))

/**
 * Whether the app migrates by itself when it starts: `{Ecto.Migrator, …}` among the children of a supervisor, or a
 * call of the module that migrates from another one.
 */
export function migratesAtStart(code: Code): boolean {
  const migrators = migratorsOf(code)
  const processes = /^(Application|GenServer|Supervisor|Task|Agent|DynamicSupervisor)$/
  if (migrators.some((module) => module.uses.some((use) => processes.test(use.module)))) return true
  const own = new Set(migrators.map((module) => module.name))
  const words = new RegExp([...own].map((name) => name.split('.').at(-1)).join('|') || '(?!)')
  return code
    .mentioning(words)
    .some((module) => !own.has(module.name) && !isMixTask(module) && names(module, (name) => own.has(name)))
}

const isMixTask = (module: ModuleDefinition) => module.uses.some((use) => use.module === 'Mix.Task')

function names(module: ModuleDefinition, wanted: (name: string) => boolean): boolean {
  let found = false
  walk(module.body, (node: Node) => {
    if (found || (node.kind === 'call' && /^(alias|defmodule|@moduledoc)$/.test(node.name) && !node.target))
      return false
    const name = node.kind === 'alias' ? aliasName(node, module.aliases, module.name) : undefined
    found = name !== undefined && wanted(name)
    return !found
  })
  return found
}
