import type { CallNode, Node } from './ast.ts'
import { calledName } from './module-name.ts'
import { keywordGet, walk } from './query.ts'

/** What the short names of a scope stand for: `Repo` → `MyApp.Repo`. */
export type Aliases = ReadonlyMap<string, string>

/**
 * The module that a node names, in full and without `Elixir.`: `MyApp.Repo` for `Repo` after `alias MyApp.Repo`. An
 * erlang module keeps its colon. `moduleName` stands for `__MODULE__`. Undefined where the node names no module.
 */
export function aliasName(
  node: Node | undefined,
  aliases: Aliases = new Map(),
  moduleName?: string,
): string | undefined {
  if (node?.kind === 'atom') return calledName(node.name)
  if (node?.kind === 'variable' && node.name === '__MODULE__') return moduleName
  if (node?.kind !== 'alias') return undefined
  const rest = node.segments.join('.')
  if (node.head) {
    const head = aliasName(node.head, aliases, moduleName)
    return head === undefined ? undefined : `${head}.${rest}`
  }
  const [first = '', ...others] = node.segments
  if (first === 'Elixir') return others.join('.')
  return [aliases.get(first) ?? first, ...others].join('.')
}

/** The aliases that `alias A.B`, `alias A.B, as: C` and `alias A.{B, C}` among `nodes` and below make, later ones last. */
export function aliasesIn(nodes: readonly Node[], outer: Aliases = new Map(), moduleName?: string): Aliases {
  const aliases = new Map(outer)
  addAliases(aliases, nodes, moduleName)
  return aliases
}

/** Adds to `aliases` what `nodes` and those below make. */
export function addAliases(aliases: Map<string, string>, nodes: Node | readonly Node[], moduleName?: string): void {
  walk(nodes, (node) => {
    if (node.kind !== 'call' || node.target || (node.name !== 'alias' && node.name !== 'require')) return
    for (const [short, full] of aliasesOf(node, aliases, moduleName)) aliases.set(short, full)
  })
}

/** What one `alias` (or `require … as:`) gives: pairs of short and full names. */
export function aliasesOf(
  call: CallNode,
  aliases: Aliases,
  moduleName?: string,
): readonly (readonly [string, string])[] {
  const [named] = call.args
  if (!named) return []
  const as = keywordGet(call.args[1], 'as')
  if (call.name === 'require' && !as) return []
  if (named.kind === 'call' && named.name === '{}') {
    const prefix = aliasName(named.target, aliases, moduleName)
    if (prefix === undefined) return []
    return named.args.flatMap((part) =>
      part.kind === 'alias' ? [[part.segments.at(-1) ?? '', `${prefix}.${part.segments.join('.')}`] as const] : [],
    )
  }
  const full = aliasName(named, aliases, moduleName)
  if (full === undefined) return []
  const short = as?.kind === 'alias' ? as.segments.join('.') : full.split('.').at(-1)
  return short ? [[short, full]] : []
}
