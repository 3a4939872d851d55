import type { Span } from '../../../text/source.ts'
import { aliasName } from '../syntax/aliases.ts'
import type { BinaryNode, Node, UnaryNode } from '../syntax/ast.ts'
import { arithmetic } from '../values/arithmetic.ts'
import { compareValues } from '../values/compare.ts'
import { answered } from '../values/decision.ts'
import { callIdentity, type Identity, type IdentityPart } from '../values/identity.ts'
import { inspectValue } from '../values/inspect.ts'
import { struct } from '../values/map.ts'
import { findOpen, resolve, resolveAll, unknownFrom } from '../values/one-of.ts'
import { raise } from '../values/types.ts'
import { boolean, integer, isBinary, isBoolean, nil, type Value, withTrail } from '../values/value.ts'
import { callModule, callStandard, located, partOf } from './apply.ts'
import { evaluateCall } from './calls.ts'
import { asking, under } from './deciding.ts'
import { evaluate } from './evaluate.ts'
import { isTrue, settle, settled, Undecided } from './fork.ts'
import { concatenate, notBinary } from './literals.ts'
import type { Scope } from './machine.ts'
import { matchOrRaise, sameness } from './pattern.ts'

/** Evaluates `-x`, `!x`, `not x` and the like. */
export function evaluateUnary(node: UnaryNode, scope: Scope): Value {
  const value = evaluate(node.operand, scope)
  const { machine } = scope
  return located(node.span, () =>
    settle(scope, node.span, () => {
      if (node.operator === '!' || node.operator === 'not') {
        const { answer, labels } = asking(machine, () => isTrue(scope, node.span, value))
        const isTaken = node.operator === '!' || isBoolean(resolve(machine.state.decided, value))
        return isTaken || settled(machine, value).kind === 'unknown'
          ? boolean(!answer, labels)
          : raise('ArgumentError', 'argument error')
      }
      if (node.operator === '^') return value
      const operand = settled(machine, value)
      if (operand.kind === 'float' && node.operator === '-') return { ...operand, value: -operand.value }
      return operate(node.operator === '-' ? '-' : '+', [integer(0), operand], scope, node.span)
    }),
  )
}

/** Evaluates an infix operator. */
export function evaluateBinary(node: BinaryNode, scope: Scope): Value {
  const { operator, left, right, span } = node
  switch (operator) {
    case '=':
      return evaluateMatch(left, evaluate(right, scope), scope, span)
    case '|>':
      return evaluatePipe(left, right, scope, span)
    case '||':
    case 'or':
    case '&&':
    case 'and':
      return evaluateLogic(node, scope)
    case '//':
      return rangeOf(left.kind === 'binary' ? [left.left, left.right, right] : [left, right], scope, span)
    case '..':
      return rangeOf([left, right], scope, span)
    case 'in':
    case 'not in': {
      const found = member(evaluate(left, scope), evaluate(right, scope), scope, span)
      return operator === 'in' ? found : evaluateNot(found, scope, span)
    }
    default:
      return located(span, () => operate(operator, [evaluate(left, scope), evaluate(right, scope)], scope, span))
  }
}

/** `not in`: the opposite of what `in` gives. */
const evaluateNot = (found: Value, scope: Scope, span: Span): Value =>
  settle(scope, span, () => {
    const { answer, labels } = asking(scope.machine, () => isTrue(scope, span, found))
    return boolean(!answer, labels)
  })

function evaluateMatch(pattern: Node, value: Value, scope: Scope, span: Span): Value {
  return located(span, () => settle(scope, span, () => matchOrRaise(pattern, value, scope)))
}

/** `left |> right` is `right` with `left` as its first argument. */
function evaluatePipe(left: Node, right: Node, scope: Scope, span: Span): Value {
  if (right.kind === 'call')
    return evaluateCall({ ...right, args: [left, ...right.args], span: { ...right.span, start: span.start } }, scope)
  if (right.kind === 'apply') return evaluate({ ...right, args: [left, ...right.args] }, scope)
  if (right.kind === 'variable')
    return evaluateCall(
      { kind: 'call', name: right.name, nameSpan: right.span, args: [left], parens: true, blocks: [], span },
      scope,
    )
  if (right.kind === 'unary')
    return operate(right.operator, [evaluate(left, scope), evaluate(right.operand, scope)], scope, span)
  return raise('ArgumentError', 'cannot pipe into what is no function call')
}

function evaluateLogic(node: BinaryNode, scope: Scope): Value {
  const { operator, span } = node
  if ((operator === '||' || operator === 'or') && stops(node.right)) requireReads(node.left, scope)
  const left = evaluate(node.left, scope)
  const strict = operator === 'or' || operator === 'and'
  return located(span, () =>
    settle(scope, span, () => {
      const { answer: truth, labels } = asking(scope.machine, () => isTrue(scope, node.left.span, left))
      const now = resolve(scope.machine.state.decided, left)
      if (strict && left.kind !== 'unknown' && now.kind !== 'unknown' && now.kind !== 'oneOf' && !isBoolean(now)) {
        return raise(
          'BadBooleanError',
          `expected a boolean on left-side of "${operator}", got: ${inspectValue(now, scope.machine.version)}`,
        )
      }
      const keepsLeft = operator === '||' || operator === 'or' ? truth : !truth
      return keepsLeft ? now : under(scope.machine, labels, () => evaluate(node.right, scope))
    }),
  )
}

/** Whether an expression surely stops the script. */
function stops(node: Node): boolean {
  return (
    node.kind === 'call' &&
    (node.name === 'raise' ||
      node.name === 'exit' ||
      node.name === 'throw' ||
      (node.name === 'halt' && node.target !== undefined))
  )
}

/** Marks the read of an environment variable at the end of `node`: without the variable the script stops. */
function requireReads(node: Node, scope: Scope): void {
  if (node.kind === 'binary' && (node.operator === '||' || node.operator === 'or'))
    return requireReads(node.right, scope)
  if (node.kind !== 'call' || aliasName(node.target) !== 'System' || node.name !== 'get_env' || node.args.length !== 1)
    return
  const { machine } = scope
  const place = `${node.span.source.path}:${node.span.start}`
  machine.state = { ...machine.state, required: new Set([...machine.state.required, place]) }
}

function rangeOf(nodes: readonly Node[], scope: Scope, span: Span): Value {
  const values = nodes.map((node) => evaluate(node, scope))
  return settle(scope, span, () => {
    const [first = nil, last = nil, step] = values.map((value) => settled(scope.machine, value))
    if ([first, last, step].some((value) => value?.kind === 'unknown')) return unknownFrom(values, 'map')
    if (first.kind !== 'integer' || last.kind !== 'integer' || (step && step.kind !== 'integer')) {
      const { version } = scope.machine
      return raise(
        'ArgumentError',
        `ranges (first..last) expect both sides to be integers, got: ${inspectValue(first, version)}..${inspectValue(last, version)}`,
      )
    }
    return struct('Elixir.Range', { first, last, step: step ?? integer(first.value <= last.value ? 1 : -1) })
  })
}

function member(value: Value, container: Value, scope: Scope, span: Span): Value {
  return settle(scope, span, () => {
    const inside = settled(scope.machine, container)
    if (inside.kind === 'list' && !inside.tail) {
      const outcomes = inside.items.map((item) => sameness(value, item, true, scope))
      if (outcomes.includes('yes')) return answered(true, [value, inside])
      if (outcomes.every((one) => one === 'no')) return answered(false, [value, inside])
      const part = partOf(resolve(scope.machine.state.decided, value))
      const here: IdentityPart = { of: 'text', key: `${span.source.path}:${span.start}` }
      return unknownFrom([value, inside], 'boolean', callIdentity('in', [part, partOf(inside) ?? here]))
    }
    return callStandard('Enum.member?/2', [inside, value], scope, span)
  })
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '>': (order) => order > 0,
  '<=': (order) => order <= 0,
  '>=': (order) => order >= 0,
}

/** An operator on values that are evaluated already: all but those that do not evaluate both sides. */
export function operate(operator: string, given: readonly Value[], scope: Scope, span: Span): Value {
  const { machine } = scope
  const [one = nil, other = nil] = given
  return settle(scope, span, () => {
    if (operator === '==' || operator === '!=' || operator === '===' || operator === '!==') {
      const same = sameness(one, other, operator.length === 3, scope)
      if (typeof same !== 'string') return unknownFrom(given, 'boolean', equality(operator, given, scope))
      const isSame = same === 'yes'
      return answered(isSame === operator.startsWith('='), given, operator.startsWith('='))
    }
    if (operator === '<>')
      return concatenate(
        given.map((value) => binaryOnly(settled(machine, value))),
        scope,
        span,
      )
    const values = given.map((value) => resolveAll(machine.state.decided, settled(machine, value)))
    const [a = nil, b = nil] = values
    if (operator === '++' && a.kind === 'list' && !a.tail && b.kind !== 'unknown') {
      if (b.kind === 'list')
        return { ...b, items: [...a.items, ...b.items], trail: [...(a.trail ?? []), ...(b.trail ?? [])].slice(0, 12) }
      return a.items.length === 0 ? b : { kind: 'list', items: a.items, tail: b }
    }
    for (const value of values) {
      const open = findOpen(value)
      if (open?.kind === 'oneOf') throw new Undecided(open.choice, open.values.length, open.why)
      if (open)
        return unknownFrom(
          values,
          operator in comparisons ? 'boolean' : operator === '++' || operator === '--' ? 'list' : 'any',
          equality(operator, given, scope),
        )
    }
    const compare = comparisons[operator]
    if (compare) return answered(compare(compareValues(a, b)), values)
    if (operator === '++') return raise('ArgumentError', 'argument error')
    if (operator === '--') return callStandard('Kernel.--/2', values, scope, span)
    if (operator === '=~') return callStandard('Kernel.=~/2', values, scope, span)
    const result = arithmetic(operator, a, b)
    return result
      ? withTrail(
          result,
          values.flatMap(({ trail }) => trail ?? []),
        )
      : callModule('Kernel', operator, values, scope, span)
  })
}

const equality = (operator: string, given: readonly Value[], scope: Scope): Identity | undefined =>
  callIdentity(
    operator,
    given.map((value) => partOf(resolve(scope.machine.state.decided, value))),
  )

const binaryOnly = (value: Value): Value => (isBinary(value) || value.kind === 'unknown' ? value : notBinary())
