import { inLanguage } from '../../../text/diagnostic.ts'
import { unknown } from '../../../text/known.ts'
import { substitute } from '../../dotenv/substitute.ts'
import type { ScalarNode, YamlEntry, YamlNode } from '../../yaml/node.ts'
import { complain, type Gathered, type LoadEnvironment } from '../problems.ts'
import { placerOf } from '../specs/place.ts'
import type { VariableUse } from '../types.ts'
import { type Caster, casts } from './casts.ts'
import { matchAt, type PatternNode, patternTree, stepInto } from './pattern.ts'

const castTree = patternTree(casts)

/** `node`, the root of a file, with every variable in its texts replaced, and texts cast to what their keys want. */
export const interpolate = (gathered: Gathered, node: YamlNode, environment: LoadEnvironment): YamlNode => {
  const given = { gathered, environment, seen: new Map() }
  return walk({ gathered, environment: withoutLacks(environment), seen: new Map(), given }, node, [castTree])
}

/** Without that an env file lacks a name: only what a container is given may well be nothing. */
const withoutLacks =
  (environment: LoadEnvironment): LoadEnvironment =>
  (name) => {
    const value = environment(name)
    return value.kind === 'unknown' && value.isLacking ? unknown(value.why, value.trail) : value
  }

interface TextWalk {
  readonly gathered: Gathered
  readonly environment: LoadEnvironment
  /** Texts without casts give the same wherever an alias puts them. */
  readonly seen: Map<ScalarNode, ScalarNode>
  /** How what stands below `environment` is walked. */
  readonly given?: TextWalk
}

function walk(state: TextWalk, node: YamlNode, places: readonly PatternNode<Caster>[]): YamlNode {
  if (node.kind === 'list')
    return { ...node, items: node.items.map((item) => walk(state, item, stepInto(places, '[]'))) }
  if (node.kind === 'scalar') return node.type === 'string' ? cast(state, text(state, node), matchAt(places)) : node
  const entries = new Map<string, YamlEntry>()
  for (const [key, entry] of node.entries) {
    const below = key === 'environment' ? (state.given ?? state) : state
    entries.set(key, { ...entry, value: walk(below, entry.value, stepInto(places, key)) })
  }
  return { ...node, entries }
}

function text(state: TextWalk, node: ScalarNode): ScalarNode {
  if (!node.text.includes('$')) return node
  const before = state.seen.get(node)
  if (before) return before
  const result = substitute(node.text, state.environment, placerOf(node))
  const { gathered } = state
  if (result.problem) gathered.problems.push(...inLanguage('compose', [result.problem]))
  for (const warning of result.warnings) gathered.warnings.push(warning)
  for (const use of result.variables) gathered.variables.push({ ...use, operator: operatorOf(use.operator) })
  const unknown = result.problem?.message ?? result.unknown
  const made: ScalarNode = { ...node, text: result.text, unknown, trail: result.trail }
  state.seen.set(node, made)
  return made
}

const operators: readonly VariableUse['operator'][] = [':-', '-', ':?', '?', ':+', '+']
const operatorOf = (written: string): VariableUse['operator'] => operators.find((one) => one === written) ?? ''

function cast(state: TextWalk, node: ScalarNode, caster: Caster | undefined): ScalarNode {
  if (caster === undefined || node.unknown !== undefined) return node
  const result = caster(node.text)
  const shown = node.text === '' ? 'an empty text' : `\`${node.text}\``
  if (result === undefined) {
    complain(state.gathered, node.span, `${shown} is not the number or boolean that is expected here`)
    return node
  }
  if (result.odd)
    state.gathered.warnings.push({
      span: node.span,
      message: `${shown} is no boolean of YAML 1.2: \`${result.text}\` is`,
    })
  return { ...node, type: result.type, text: result.text }
}
