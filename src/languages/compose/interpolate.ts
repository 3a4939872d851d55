import { type Span, span } from '../../text/source.ts'
import { substitute } from '../dotenv/substitute.ts'
import { type Caster, casts } from './casts.ts'
import { matchAt, type PatternNode, patternTree, stepInto } from './pattern.ts'
import type { Environment, Gathered } from './problems.ts'
import type { VariableUse } from './types.ts'
import type { Entry, Node, ScalarNode } from './yaml/node.ts'

const castTree = patternTree(casts)

/** `node`, the root of a file, with every variable in its texts replaced, and texts cast to what their keys want. */
export const interpolate = (gathered: Gathered, node: Node, environment: Environment): Node =>
  walk({ gathered, environment, seen: new Map() }, node, [castTree])

interface Walk {
  readonly gathered: Gathered
  readonly environment: Environment
  /** Texts without casts give the same wherever an alias puts them. */
  readonly seen: Map<ScalarNode, ScalarNode>
}

function walk(state: Walk, node: Node, places: readonly PatternNode<Caster>[]): Node {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item) => walk(state, item, stepInto(places, '[]'))) }
  if (node.kind === 'scalar') return node.type === 'string' ? cast(state, text(state, node), matchAt(places)) : node
  const entries = new Map<string, Entry>()
  for (const [key, entry] of node.entries)
    entries.set(key, { ...entry, value: walk(state, entry.value, stepInto(places, key)) })
  return { ...node, entries }
}

function text(state: Walk, node: ScalarNode): ScalarNode {
  if (!node.text.includes('$')) return node
  const before = state.seen.get(node)
  if (before) return before
  const result = substitute(node.text, state.environment, (start, end) => placeInside(node, start, end))
  const { gathered } = state
  if (result.problem) gathered.problems.push(result.problem)
  gathered.warnings.push(...result.warnings)
  gathered.variables.push(...result.variables.map((use) => ({ ...use, operator: operatorOf(use.operator) })))
  const made: ScalarNode = { ...node, text: result.text, unknown: result.unknown, trail: result.trail }
  state.seen.set(node, made)
  return made
}

const operators: readonly VariableUse['operator'][] = [':-', '-', ':?', '?', ':+', '+']
const operatorOf = (written: string): VariableUse['operator'] => operators.find((one) => one === written) ?? ''

function cast(state: Walk, node: ScalarNode, caster: Caster | undefined): ScalarNode {
  if (caster === undefined || node.unknown !== undefined) return node
  const result = caster(node.text)
  const shown = node.text === '' ? 'an empty text' : `\`${node.text}\``
  if (result === undefined) {
    state.gathered.problems.push({
      span: node.span,
      message: `${shown} is not the number or boolean that is expected here`,
    })
    return node
  }
  if (result.odd)
    state.gathered.warnings.push({
      span: node.span,
      message: `${shown} is no boolean of YAML 1.2: \`${result.text}\` is`,
    })
  return { ...node, type: result.type, text: result.text }
}

/**
 * Where `[start, end)` of a scalar's text stands in the file: by offset where the text is written as it is, else by
 * counting the dollars before it.
 */
export function placeInside(node: ScalarNode, start: number, end: number): Span {
  const { source } = node.inner
  const written = source.text.slice(node.inner.start, node.inner.end)
  if (written.startsWith(node.text)) return span(source, node.inner.start + start, node.inner.start + end)
  let nth = 0
  for (let at = node.text.indexOf('$'); at !== -1 && at < start; at = node.text.indexOf('$', at + 1)) nth += 1
  let found = written.indexOf('$')
  for (; found !== -1 && nth > 0; nth -= 1) found = written.indexOf('$', found + 1)
  if (found === -1) return node.span
  const exact = written.startsWith(node.text.slice(start, end), found)
  const length = exact ? end - start : written.slice(found).search(/[}\s]|$/) + 1
  return span(source, node.inner.start + found, Math.min(node.inner.start + found + length, node.inner.end))
}
