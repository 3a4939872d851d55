import type { CallNode, ElixirFile, ListNode, MapNode, Node, Section, StringPart } from './ast.ts'

/** The nodes directly inside `node`, in order of place. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'quoted-atom':
    case 'string':
    case 'charlist':
    case 'sigil':
      return node.parts.flatMap(interpolated)
    case 'list':
      return node.tail ? [...node.items, node.tail] : node.items
    case 'tuple':
      return node.items
    case 'map':
      return [
        ...present(node.struct),
        ...present(node.base),
        ...node.entries.flatMap((entry) => [entry.key, entry.value]),
      ]
    case 'bitstring':
      return node.segments
    case 'alias':
      return present(node.head)
    case 'attribute':
      return present(node.value)
    case 'call':
      return [...present(node.target), ...node.args, ...node.blocks.map((section) => section.body)]
    case 'apply':
      return [node.fun, ...node.args]
    case 'access':
      return [node.target, node.key]
    case 'unary':
      return [node.operand]
    case 'binary':
      return [node.left, node.right]
    case 'fn':
    case 'clauses':
      return node.clauses.flatMap((clause) => [...clause.patterns, ...present(clause.guard), clause.body])
    case 'capture':
      return [node.body]
    case 'block':
      return node.body
    default:
      return []
  }
}

const present = (node: Node | undefined): readonly Node[] => (node ? [node] : [])
const interpolated = (part: StringPart): readonly Node[] => (part.kind === 'interpolation' ? [part.value] : [])

/** Calls `visit` for every node in `roots` and below, parents first. Where it gives false, the node's inside is skipped. */
export function walk(roots: Node | readonly Node[], visit: (node: Node) => unknown): void {
  const waiting: Node[] = 'kind' in roots ? [roots] : roots.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (visit(node) === false) continue
    putInside(node, waiting)
  }
}

/** Puts the children of `node` before what waits. Most of the time goes here: the commonest kinds make no list of them. */
function putInside(node: Node, waiting: Node[]): void {
  switch (node.kind) {
    case 'call':
      for (let index = node.blocks.length - 1; index >= 0; index--) put(node.blocks[index]?.body, waiting)
      putAll(node.args, waiting)
      return put(node.target, waiting)
    case 'block':
      return putAll(node.body, waiting)
    case 'tuple':
      return putAll(node.items, waiting)
    case 'list':
      put(node.tail, waiting)
      return putAll(node.items, waiting)
    case 'binary':
      waiting.push(node.right, node.left)
      return
    case 'alias':
      return put(node.head, waiting)
    case 'attribute':
      return put(node.value, waiting)
    case 'variable':
    case 'atom':
    case 'integer':
      return
    default:
      putAll(childrenOf(node), waiting)
  }
}

function putAll(nodes: readonly Node[], waiting: Node[]): void {
  for (let index = nodes.length - 1; index >= 0; index--) put(nodes[index], waiting)
}

function put(node: Node | undefined, waiting: Node[]): void {
  if (node) waiting.push(node)
}

/**
 * The calls in `roots` of `name`, which is `config` or, with a module, `System.get_env` as the file writes it. `arity` counts
 * what a pipe puts in front and does not count `do … end`.
 */
export function calls(roots: ElixirFile | Node | readonly Node[], name: string, arity?: number): readonly CallNode[] {
  const found: CallNode[] = []
  if (!isWritten(roots, name.slice(name.lastIndexOf('.') + 1))) return found
  const piped = new Set<Node>()
  walk('source' in roots ? roots.body : roots, (node) => {
    if (node.kind === 'binary' && node.operator === '|>') piped.add(node.right)
    if (node.kind !== 'call' || fullName(node) !== name) return
    if (arity === undefined || node.args.length + (piped.has(node) ? 1 : 0) === arity) found.push(node)
  })
  return found
}

/** Whether a word stands in a text of which `roots` are a part: what does not stand there is quickly not found. */
function isWritten(roots: ElixirFile | Node | readonly Node[], word: string): boolean {
  if ('source' in roots) return roots.source.text.includes(word)
  const nodes = 'kind' in roots ? [roots] : roots
  return nodes.some(
    ({ span: { source } }, index) => source !== nodes[index - 1]?.span.source && source.text.includes(word),
  )
}

/** `config`, `System.get_env` or `:os.getenv`, as written; undefined where the target is no module. */
export function fullName(call: CallNode): string | undefined {
  if (!call.target) return call.name
  if (call.target.kind === 'alias' && !call.target.head) return `${call.target.segments.join('.')}.${call.name}`
  return call.target.kind === 'atom' ? `:${call.target.name}.${call.name}` : undefined
}

/** The value under the atom `key` of a keyword list or map as written; also of `%{"key" => …}` where `key` is in quotes. */
export function keywordGet(node: Node | undefined, key: string): Node | undefined {
  if (node?.kind === 'list') {
    for (const item of node.items) {
      if (item.kind === 'tuple' && item.items.length === 2 && atomName(item.items[0]) === key) return item.items[1]
    }
  }
  if (node?.kind === 'map') return node.entries.find((entry) => atomName(entry.key) === key)?.value
  return undefined
}

/** The pairs with plain atoms as keys of a keyword list or map as written. */
export function pairsOf(node: ListNode | MapNode): readonly (readonly [key: string, value: Node])[] {
  const pairs =
    node.kind === 'map'
      ? node.entries.map((entry) => [entry.key, entry.value])
      : node.items.map((item) => (item.kind === 'tuple' ? item.items : []))
  return pairs.flatMap(([key, value]) => {
    const name = atomName(key)
    return name !== undefined && value ? [[name, value] as const] : []
  })
}

/** The options of a call: its last argument where that is a keyword list. */
export const optionsOf = (call: CallNode): ListNode | undefined => {
  const last = call.args.at(-1)
  return last?.kind === 'list' && last.items.every((item) => item.kind === 'tuple') ? last : undefined
}

/** The name of a plain atom (not of an alias). */
export const atomName = (node: Node | undefined): string | undefined => (node?.kind === 'atom' ? node.name : undefined)

/** The text of a string without interpolation. */
export function stringText(node: Node | undefined): string | undefined {
  if (node?.kind !== 'string') return undefined
  let text = ''
  for (const part of node.parts) {
    if (part.kind !== 'text') return undefined
    text += part.text
  }
  return text
}

/** The sections of a call, whether written `do … end` or `, do: …, else: …`. */
export function sections(call: CallNode): readonly { readonly label: Section['label']; readonly body: Node }[] {
  if (call.blocks.length > 0) return call.blocks
  const options = optionsOf(call)
  if (!options) return []
  return pairsOf(options).flatMap(([label, body]) => (isLabel(label) ? [{ label, body }] : []))
}

const isLabel = (text: string): text is Section['label'] => /^(?:do|else|rescue|catch|after)$/.test(text)

/** The expressions of a body: of a block its own, of anything else the thing itself. */
export const bodyOf = (node: Node | undefined): readonly Node[] =>
  node === undefined ? [] : node.kind === 'block' ? node.body : [node]
