import type { CallNode, Node } from '../../languages/elixir/syntax/ast.ts'
import { childrenOf, walk } from '../../languages/elixir/syntax/query.ts'

/**
 * Which of two is used where some code asks both: the environment wherever it has a value; the config wherever its value
 * is neither nil nor false; the config wherever its key is there at all.
 */
export type Precedence = 'environment' | 'config' | 'config-if-there'

/** A part of some code: these nodes, and the variables that are bound to what holds one. */
interface Side {
  readonly nodes: ReadonlySet<Node>
  readonly variables: Set<string>
}

/** Which of the two `bodies` use, of which the nodes of each are given; undefined where none of them decides between both. */
export function precedenceIn(
  bodies: readonly Node[],
  config: ReadonlySet<Node>,
  environment: ReadonlySet<Node>,
): Precedence | undefined {
  const configured: Side = { nodes: config, variables: new Set() }
  const asked: Side = { nodes: environment, variables: new Set() }
  walk(bodies, (node) => {
    if (node.kind !== 'binary' || (node.operator !== '=' && node.operator !== '<-')) return
    for (const side of [configured, asked]) {
      if (holds(node.right, side)) for (const name of variablesIn(node.left)) side.variables.add(name)
    }
  })
  let found: Precedence | undefined
  walk(bodies, (node) => {
    if (found !== undefined) return false
    found = decisionOf(node, configured, asked)
    return true
  })
  return found
}

function decisionOf(node: Node, config: Side, environment: Side): Precedence | undefined {
  const inOrder = (parts: readonly (readonly Node[])[], configFirst: Precedence | undefined) => {
    const first = (side: Side) => parts.findIndex((part) => part.some((one) => holds(one, side)))
    const [ofConfig, ofEnvironment] = [first(config), first(environment)]
    if (ofConfig < 0 || ofEnvironment < 0 || ofConfig === ofEnvironment) return undefined
    return ofEnvironment < ofConfig ? 'environment' : configFirst
  }
  if (node.kind === 'binary') {
    if (node.operator === '||' || node.operator === 'or') return inOrder([[node.left], [node.right]], 'config')
    if (node.operator === '|>' && node.right.kind === 'call')
      return decisionOfCall(node.right, [node.left, ...node.right.args], config, environment, inOrder)
    return undefined
  }
  if (node.kind === 'list')
    return inOrder(
      node.items.map((item) => [item]),
      'config',
    )
  if (node.kind !== 'call') return undefined
  if (config.nodes.has(node)) return node.args.some((arg) => holds(arg, environment)) ? 'config-if-there' : undefined
  return decisionOfCall(node, node.args, config, environment, inOrder)
}

function decisionOfCall(
  { name, blocks }: CallNode,
  args: readonly Node[],
  config: Side,
  environment: Side,
  inOrder: (parts: readonly (readonly Node[])[], configFirst: Precedence | undefined) => Precedence | undefined,
): Precedence | undefined {
  const inside = blocks.map(({ body }) => body)
  if (name === 'cond') {
    const clauses = inside.flatMap((body) => (body.kind === 'clauses' ? body.clauses : []))
    return inOrder(
      clauses.map(({ patterns, body }) => [...patterns, body]),
      'config',
    )
  }
  if (/^(case|if|unless|with)$/.test(name)) {
    const [subject, ...rest] = args
    const asked = name === 'with' ? args : subject ? [subject] : []
    return inOrder([asked, name === 'with' ? inside : [...rest, ...inside]], 'config')
  }
  if (/^(merge|concat|deep_merge)$/.test(name)) {
    const last = (side: Side) => args.findLastIndex((arg) => holds(arg, side))
    const [ofConfig, ofEnvironment] = [last(config), last(environment)]
    if (ofConfig < 0 || ofEnvironment < 0 || ofConfig === ofEnvironment) return undefined
    return ofEnvironment > ofConfig ? 'environment' : 'config-if-there'
  }
  const parts = args.map((arg) => [arg])
  if (/^(put|put_in|replace!?|update!?)$/.test(name)) return inOrder(parts, 'environment')
  if (/^(get|get_env|put_new|pop|fetch_env|get_in)$/.test(name)) return inOrder(parts, 'config-if-there')
  return inOrder([...parts, inside], /^(\|\||then|or)$/.test(name) ? 'config' : undefined)
}

function holds(root: Node, { nodes, variables }: Side): boolean {
  let found = false
  walk(root, (node) => {
    found ||= nodes.has(node) || (node.kind === 'variable' && variables.has(node.name))
    return !found
  })
  return found
}

function variablesIn(pattern: Node): readonly string[] {
  if (pattern.kind === 'variable') return [pattern.name]
  return childrenOf(pattern).flatMap(variablesIn)
}
