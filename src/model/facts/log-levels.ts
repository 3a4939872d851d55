import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { bodyOf, keywordGet } from '../../languages/elixir/syntax/query.ts'
import { alternatives } from '../../languages/elixir/values/one-of.ts'
import { isAtom, type Value } from '../../languages/elixir/values/value.ts'
import type { Boot } from '../boot/boot.ts'
import { functionOf } from '../phoenix/code.ts'
import { reachOf } from '../phoenix/reach.ts'
import { isAtLeast } from '../phoenix/versions.ts'
import type { Project } from '../project/project.ts'

/** The level of Logger where it is `:debug` whatever happens and something prints it, or may; undefined else. */
export function debugLevel(boot: Boot): Value | undefined {
  const level = boot.at('logger', 'level')
  if (level === undefined || !alternatives(level).every((one) => isAtom(one, 'debug'))) return undefined
  return mayPrintLess(boot) || !printsLess(boot) ? level : undefined
}

/** Whether it is not known what prints. */
function mayPrintLess({ at }: Boot): boolean {
  const backends = at('logger', 'backends')
  return backends !== undefined && alternatives(backends).some(({ kind }) => kind === 'unknown')
}

/** What becomes of an error where it is not known what prints. */
export const printerDoubt = (boot: Boot) =>
  mayPrintLess(boot) ? ({ severity: 'warning', certainty: 'likely' } as const) : {}

/** Whether what prints has a level of its own that may keep debug messages back, or nothing prints. */
export function printsLess(boot: Boot): boolean {
  const { at, versions } = boot
  const hasHandlers = isAtLeast(versions.elixir, 1, 15)
  const own = [at('logger', 'console', 'level'), hasHandlers ? at('logger', 'default_handler', 'level') : undefined]
  if (own.some((level) => level !== undefined && isOtherLevel(level))) return true
  const handler = at('logger', 'default_handler')
  if (hasHandlers && handler !== undefined && isAtom(handler, 'false')) return true
  const backends = at('logger', 'backends')
  return backends !== undefined && !alternatives(backends).every((one) => listsPrinter(one, boot))
}

/** Whether a list of backends has one that prints all: the console's, or one of its own name without a level. */
function listsPrinter(backends: Value, { at }: Boot): boolean {
  if (backends.kind !== 'list') return false
  return backends.items.some((one) => {
    if (isAtom(one, 'console') || isAtom(one, 'Elixir.Logger.Backends.Console')) return true
    const name = one.kind === 'tuple' ? one.items[1] : undefined
    if (name?.kind !== 'atom') return false
    const level = at('logger', name.name, 'level')
    return level === undefined ? at('logger', name.name) !== undefined : !isOtherLevel(level)
  })
}

const isOtherLevel = (level: Value) => level.kind !== 'atom' || !/^(debug|all|nil)$/.test(level.name)

/** The calls of `Logger.configure` with a level that the start of an application makes, and whether each surely happens. */
export function levelsAtStart({ code }: Project): readonly { readonly level: Node; readonly always: boolean }[] {
  return code.using('Application').flatMap((module) => {
    const start = functionOf(module, 'start', 2)
    const body = start?.clauses.flatMap((clause) => bodyOf(clause.body)) ?? []
    return reachOf(code, { module, name: 'start', arity: 2 }).outside.flatMap(({ node, module: called }) => {
      if (called !== 'Logger' || node.kind !== 'call' || node.name !== 'configure') return []
      const level = keywordGet(node.args[0], 'level') ?? node
      return [{ level, always: start?.clauses.length === 1 && body.includes(node) }]
    })
  })
}

/** The levels of Logger, the most severe first. */
const levels = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug', 'all']

/** How much a level lets through; undefined where the name is none. */
export function rankOf(level: Value | undefined): number | undefined {
  if (level?.kind !== 'atom') return undefined
  const rank = levels.indexOf(level.name === 'warn' ? 'warning' : level.name)
  return rank === -1 ? undefined : rank
}
