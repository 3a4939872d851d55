import { type Maybe, unknown, yesOrNo } from '../../../text/known.ts'
import { aliasName } from '../syntax/aliases.ts'
import type { MapNode, Node } from '../syntax/ast.ts'
import { equalValues } from '../values/compare.ts'
import { callIdentity, whetherMatching, whetherTrue } from '../values/identity.ts'
import { inspectValue } from '../values/inspect.ts'
import { isOpen, mapGet } from '../values/map.ts'
import { findOpen, resolveAll } from '../values/one-of.ts'
import { sizeOf } from '../values/size.ts'
import { mayEqual } from '../values/type-tests.ts'
import { raise } from '../values/types.ts'
import { atom, isNil, unknownValue, type Value } from '../values/value.ts'
import { partOf } from './apply.ts'
import { ask } from './deciding.ts'
import { isEnvironment, readVariable } from './environment.ts'
import { evaluate } from './evaluate.ts'
import { decide, settled, Undecided } from './fork.ts'
import { bind, freshChoice, type Scope, spend } from './machine.ts'
import { matchBinary } from './match-binary.ts'

export type Bindings = Map<string, Value>

/** `pattern = value`: binds the variables of the pattern in the scope. Raises MatchError. Gives the value. */
export function matchOrRaise(pattern: Node, value: Value, scope: Scope): Value {
  const bindings: Bindings = new Map()
  if (!match(pattern, value, scope, bindings)) {
    const term = settled(scope.machine, value)
    return raise('MatchError', `no match of right hand side value: ${inspectValue(term, scope.machine.version)}`, {
      term,
    })
  }
  bind(scope, bindings)
  return value
}

/** Whether `value` has the shape of `pattern`; fills `bindings`. Throws Undecided where that is not known. */
export function match(pattern: Node, value: Value, scope: Scope, bindings: Bindings): boolean {
  const fits = matches(pattern, value, scope, bindings)
  if (pattern.kind !== 'variable') ask(scope.machine, value, fits)
  return fits
}

function matches(pattern: Node, value: Value, scope: Scope, bindings: Bindings): boolean {
  if (pattern.kind === 'variable' && pattern.name !== '__MODULE__')
    return bindVariable(pattern.name, value, scope, bindings)
  if (pattern.kind === 'binary' && pattern.operator === '=')
    return match(pattern.left, value, scope, bindings) && match(pattern.right, value, scope, bindings)
  if (pattern.kind === 'binary' && pattern.operator === '\\\\') return match(pattern.left, value, scope, bindings)
  const subject = settled(scope.machine, value)
  if (subject.kind === 'unknown') return matchUnknown(pattern, subject, scope, bindings)
  switch (pattern.kind) {
    case 'tuple':
      return (
        subject.kind === 'tuple' &&
        subject.items.length === pattern.items.length &&
        matchAll(pattern.items, subject.items, scope, bindings)
      )
    case 'list': {
      if (subject.kind !== 'list' || subject.items.length < pattern.items.length) return false
      if (!matchAll(pattern.items, subject.items, scope, bindings)) return false
      const rest = subject.items.slice(pattern.items.length)
      const remaining: Value = rest.length === 0 && subject.tail ? subject.tail : { ...subject, items: rest }
      if (pattern.tail) return match(pattern.tail, remaining, scope, bindings)
      return rest.length === 0 && subject.tail === undefined
    }
    case 'map':
      return matchMap(pattern, subject, scope, bindings)
    case 'bitstring':
      return matchBinary(pattern.segments, subject, scope, bindings)
    case 'binary':
      if (pattern.operator === '<>') return matchBinary(flatten(pattern), subject, scope, bindings)
      if (pattern.operator === '++') return matchConcatenation(pattern.left, pattern.right, subject, scope, bindings)
      return equals(evaluate(pattern, scope), subject, scope)
    case 'unary':
      return equals(evaluate(pattern.operator === '^' ? pattern.operand : pattern, scope), subject, scope)
    default:
      return equals(evaluate(pattern, scope), subject, scope)
  }
}

function bindVariable(name: string, value: Value, scope: Scope, bindings: Bindings): boolean {
  const earlier = name === '_' ? undefined : bindings.get(name)
  if (earlier) return equals(earlier, value, scope)
  if (name !== '_') bindings.set(name, value)
  return true
}

function equals(one: Value, other: Value, scope: Scope): boolean {
  const same = sameness(one, other, true, scope)
  if (typeof same === 'string') return same === 'yes'
  const equality = callIdentity('===', [partOf(one), partOf(other)])
  const choice = equality
    ? whetherTrue(equality)
    : freshChoice(scope.machine, { source: scope.source, start: 0, end: 0 })
  return decide(scope.machine, choice, 2, same.why) === 0
}

const matchAll = (patterns: readonly Node[], values: readonly Value[], scope: Scope, bindings: Bindings): boolean =>
  patterns.every((pattern, index) => {
    const value = values[index]
    return value !== undefined && match(pattern, value, scope, bindings)
  })

function flatten(pattern: Node): readonly Node[] {
  if (pattern.kind !== 'binary' || pattern.operator !== '<>') return [pattern]
  const right =
    pattern.right.kind === 'binary' && pattern.right.operator === '<>'
      ? flatten(pattern.right)
      : [binarySegment(pattern.right)]
  return [pattern.left, ...right]
}

const binarySegment = (node: Node): Node =>
  node.kind === 'variable'
    ? {
        kind: 'binary',
        operator: '::',
        operatorSpan: node.span,
        left: node,
        right: { kind: 'variable', name: 'binary', span: node.span },
        span: node.span,
      }
    : node

function matchConcatenation(left: Node, right: Node, subject: Value, scope: Scope, bindings: Bindings): boolean {
  const prefix = evaluate(left, scope)
  if (prefix.kind !== 'list' || subject.kind !== 'list' || subject.items.length < prefix.items.length) return false
  if (!prefix.items.every((item, index) => equals(item, subject.items[index] ?? item, scope))) return false
  return match(right, { ...subject, items: subject.items.slice(prefix.items.length) }, scope, bindings)
}

function matchMap(pattern: MapNode, subject: Value, scope: Scope, bindings: Bindings): boolean {
  if (pattern.struct) {
    const name =
      subject.kind === 'map'
        ? mapGet(subject, atom('__struct__'))
        : subject.kind === 'regex'
          ? atom('Elixir.Regex')
          : undefined
    if (name?.kind !== 'atom') return false
    const wanted = aliasName(pattern.struct, scope.aliases, scope.module)
    if (wanted !== undefined ? name.name !== `Elixir.${wanted}` : !match(pattern.struct, name, scope, bindings))
      return false
  }
  if (subject.kind !== 'map') return subject.kind === 'regex' && pattern.entries.length === 0
  return pattern.entries.every((entry) => {
    const value = mapGet(
      subject,
      evaluate(entry.key.kind === 'unary' && entry.key.operator === '^' ? entry.key.operand : entry.key, scope),
    )
    return value !== undefined && match(entry.value, value, scope, bindings)
  })
}

/** An unknown value may have the shape or not: both are tried, and the variables of the pattern are unknown then. */
function matchUnknown(pattern: Node, subject: Value & { kind: 'unknown' }, scope: Scope, bindings: Bindings): boolean {
  if (
    pattern.kind !== 'tuple' &&
    pattern.kind !== 'list' &&
    pattern.kind !== 'map' &&
    pattern.kind !== 'bitstring' &&
    !(pattern.kind === 'binary' && pattern.operator === '<>')
  ) {
    return equals(
      evaluate(pattern.kind === 'unary' && pattern.operator === '^' ? pattern.operand : pattern, scope),
      subject,
      scope,
    )
  }
  if (pattern.kind === 'map' && !pattern.struct && isEnvironment(subject))
    return matchVariables(pattern, scope, bindings)
  const shape = pattern.kind === 'bitstring' || pattern.kind === 'binary' ? 'binary' : pattern.kind
  if (subject.type !== 'any' && subject.type !== 'term' && subject.type !== shape) return false
  const text = pattern.span.source.text.slice(pattern.span.start, pattern.span.end)
  const choice = subject.id ? whetherMatching(subject.id, text) : freshChoice(scope.machine, pattern.span)
  if (decide(scope.machine, choice, 2, subject.why) === 1) return false
  for (const name of variablesOf(pattern)) bindings.set(name, unknownValue(subject.why, 'any', subject.trail))
  return true
}

/** `%{"PORT" => port} = System.get_env()`: reads the variables of the pattern. */
const matchVariables = ({ entries }: MapNode, scope: Scope, bindings: Bindings): boolean =>
  entries.every(({ key, value: inner }) => {
    const name = evaluate(key.kind === 'unary' && key.operator === '^' ? key.operand : key, scope)
    if (name.kind !== 'binary') return false
    const value = settled(scope.machine, readVariable(name.text, scope, key.span))
    return !isNil(value) && match(inner, value, scope, bindings)
  })

/** The names that a pattern binds. */
export function variablesOf(pattern: Node): readonly string[] {
  switch (pattern.kind) {
    case 'variable':
      return pattern.name === '_' || pattern.name.startsWith('__') ? [] : [pattern.name]
    case 'tuple':
      return pattern.items.flatMap(variablesOf)
    case 'list':
      return [...pattern.items, ...(pattern.tail ? [pattern.tail] : [])].flatMap(variablesOf)
    case 'map':
      return [...(pattern.struct ? [pattern.struct] : []), ...pattern.entries.map((entry) => entry.value)].flatMap(
        variablesOf,
      )
    case 'bitstring':
      return pattern.segments.flatMap(variablesOf)
    case 'binary':
      return pattern.operator === '::' || pattern.operator === '\\\\'
        ? variablesOf(pattern.left)
        : [...variablesOf(pattern.left), ...variablesOf(pattern.right)]
    default:
      return []
  }
}

/** Whether two values are equal. Throws Undecided for an open choice. */
export function sameness(one: Value, other: Value, strict: boolean, scope: Scope): Maybe {
  const { decided } = scope.machine.state
  const [a, b] = [resolveAll(decided, one), resolveAll(decided, other)]
  spend(scope.machine, Math.min(sizeOf(a), sizeOf(b)) >> 6)
  for (const value of [a, b]) {
    const open = findOpen(value)
    if (open?.kind === 'oneOf') throw new Undecided(open.choice, open.values.length, open.why)
  }
  if (!isOpen(a) && !isOpen(b)) return yesOrNo(equalValues(a, b, strict))
  if (a.kind === 'unknown' && b.kind === 'unknown')
    return a.id !== undefined && a.id.key === b.id?.key ? 'yes' : notComparable
  if (a.kind === 'unknown') return mayEqual(a.type, b) ? notComparable : 'no'
  if (b.kind === 'unknown') return mayEqual(b.type, a) ? notComparable : 'no'
  return a.kind === b.kind ? notComparable : 'no'
}

const notComparable = unknown('it is not known whether the values are equal')
