import type { CallNode, Clause, Node } from '../syntax/ast.ts'
import { sections } from '../syntax/query.ts'
import { inspectValue } from '../values/inspect.ts'
import { ElixirError, raise } from '../values/types.ts'
import { boolean, keyword, nil, unknownValue, type Value } from '../values/value.ts'
import { evaluatePathUpdate } from './access.ts'
import { callFunction } from './apply.ts'
import { evaluateFor } from './comprehension.ts'
import { asking, under } from './deciding.ts'
import { defineModule } from './define.ts'
import { evaluate } from './evaluate.ts'
import { isTrue, settle, settled } from './fork.ts'
import { findClause, runClause } from './functions.ts'
import { bind, inner, type Scope } from './machine.ts'
import { type Bindings, match } from './pattern.ts'
import { evaluateRaise, evaluateTry } from './rescue.ts'

interface Construct {
  /** Numbers of arguments, `do … end` being one. */
  readonly arities: readonly number[]
  readonly run: (node: CallNode, scope: Scope) => Value
}

/** What is called by name and does not simply evaluate its arguments first. */
const table: readonly (readonly [string, readonly number[], Construct['run']])[] = [
  ['config', [2, 3], (node, scope) => scope.machine.own.config(node, scope)],
  ['if', [2], (node, scope) => evaluateIf(node, scope, true)],
  ['unless', [2], (node, scope) => evaluateIf(node, scope, false)],
  ['cond', [1], evaluateCond],
  ['case', [2], evaluateCase],
  ['with', range(1, 30), evaluateWith],
  ['for', range(2, 30), evaluateFor],
  ['try', [1], (node, scope) => evaluateTry(sections(node), scope, node.span)],
  ['receive', [1], evaluateReceive],
  ['raise', [1, 2], evaluateRaise],
  ['reraise', [2, 3], (node, scope) => evaluateRaise({ ...node, args: node.args.slice(0, -1) }, scope)],
  ['throw', [1], (node, scope) => stop('throw', node, scope)],
  ['exit', [1], (node, scope) => stop('exit', node, scope)],
  ['defmodule', [2], defineModule],
  ['then', [2], (node, scope) => evaluateThen(node, scope, false)],
  ['tap', [2], (node, scope) => evaluateThen(node, scope, true)],
  ['match?', [2], evaluateMatches],
  ['destructure', [2], () => unknownValue('`destructure` is not modelled')],
  ['binding', [0], (_, scope) => keyword([...scope.variables].filter(([name]) => !name.startsWith('&')))],
  ['dbg', [0, 1, 2], (node, scope) => (node.args[0] ? evaluate(node.args[0], scope) : nil)],
  ['put_in', [2], (node, scope) => evaluatePathUpdate(node, scope, 'put_in')],
  ['update_in', [2], (node, scope) => evaluatePathUpdate(node, scope, 'update_in')],
  ['quote', [1, 2], () => unknownValue('`quote` is not modelled')],
]

export const constructs: ReadonlyMap<string, Construct> = new Map(
  table.map(([name, arities, run]) => [name, { arities, run }]),
)

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** What the condition binds is seen in the branches and afterwards. */
function evaluateIf(node: CallNode, scope: Scope, wanted: boolean): Value {
  const [condition] = node.args
  if (!condition) return nil
  const value = evaluate(condition, scope)
  return settle(scope, node.span, () => {
    const { answer, labels } = asking(scope.machine, () => isTrue(scope, condition.span, value) === wanted)
    const body = sections(node).find((section) => section.label === (answer ? 'do' : 'else'))?.body
    return under(scope.machine, labels, () => (body ? evaluate(body, inner(scope)) : nil))
  })
}

const clausesAt = (body: Node | undefined): readonly Clause[] => (body?.kind === 'clauses' ? body.clauses : [])

const clausesIn = (node: CallNode, label: string): readonly Clause[] =>
  clausesAt(sections(node).find((section) => section.label === label)?.body)

function evaluateCond(node: CallNode, scope: Scope): Value {
  const tryFrom = (clauses: readonly Clause[]): Value => {
    const [clause, ...others] = clauses
    const condition = clause?.patterns[0]
    if (!clause || !condition) return raise('CondClauseError', 'no cond clause evaluated to a truthy value')
    const own = inner(scope)
    const value = evaluate(condition, own)
    return settle(own, condition.span, () => {
      const { answer, labels } = asking(own.machine, () => isTrue(own, condition.span, value))
      return under(own.machine, labels, () => (answer ? evaluate(clause.body, inner(own)) : tryFrom(others)))
    })
  }
  return tryFrom(clausesIn(node, 'do'))
}

function evaluateCase(node: CallNode, scope: Scope): Value {
  const [subject] = node.args
  if (!subject) return nil
  const value = evaluate(subject, scope)
  return settle(scope, node.span, () => {
    const found = findClause(clausesIn(node, 'do'), [value], scope)
    if (found) return runClause(found)
    const term = settled(scope.machine, value)
    return raise('CaseClauseError', `no case clause matching: ${inspectValue(term, scope.machine.version)}`, { term })
  })
}

function evaluateWith(node: CallNode, scope: Scope): Value {
  const parts = sections(node)
  const body = parts.find((section) => section.label === 'do')?.body
  const steps = node.blocks.length > 0 ? node.args : node.args.slice(0, -1)
  const own = inner(scope)
  const from = (index: number): Value => {
    const step = steps[index]
    if (!step) return body ? evaluate(body, inner(own)) : nil
    if (step.kind !== 'binary' || step.operator !== '<-') {
      evaluate(step, own)
      return from(index + 1)
    }
    const value = evaluate(step.right, own)
    return settle(own, step.span, () => {
      const { answer, labels } = asking(own.machine, () => matchGuarded(step.left, value, own))
      if (answer) return under(own.machine, labels, () => from(index + 1))
      const other = settled(own.machine, value)
      const otherwise = parts.find((section) => section.label === 'else')?.body
      if (!otherwise) return other
      const found = findClause(clausesAt(otherwise), [other], scope)
      if (found) return under(own.machine, labels, () => runClause(found))
      return raise('WithClauseError', `no with clause matching: ${inspectValue(other, own.machine.version)}`, {
        term: other,
      })
    })
  }
  return from(0)
}

/** `pattern` or `pattern when guard` against a value; binds in the scope where it holds. */
export function matchGuarded(pattern: Node, value: Value, scope: Scope): boolean {
  const guarded = pattern.kind === 'binary' && pattern.operator === 'when' ? pattern : undefined
  const bindings: Bindings = new Map()
  if (!match(guarded?.left ?? pattern, value, scope, bindings)) return false
  const own = inner(scope)
  bind(own, bindings)
  if (guarded && !isTrue(own, guarded.right.span, evaluate(guarded.right, own))) return false
  bind(scope, bindings)
  return true
}

function evaluateReceive(node: CallNode, scope: Scope): Value {
  const after = clausesIn(node, 'after')[0]
  return after ? evaluate(after.body, inner(scope)) : unknownValue('it waits for a message')
}

function stop(kind: 'throw' | 'exit', node: CallNode, scope: Scope): Value {
  const value = node.args[0] ? evaluate(node.args[0], scope) : nil
  throw new ElixirError({
    kind,
    type: '',
    message: inspectValue(value, scope.machine.version),
    span: node.span,
    fields: { value },
  })
}

function evaluateThen(node: CallNode, scope: Scope, keeps: boolean): Value {
  const [given = nil, fun = nil] = node.args.map((arg) => evaluate(arg, scope))
  return settle(scope, node.span, () => {
    const result = callFunction(settled(scope.machine, fun), [given], scope, node.span)
    return keeps ? given : result
  })
}

function evaluateMatches(node: CallNode, scope: Scope): Value {
  const [pattern, subject] = node.args
  if (!pattern || !subject) return nil
  const value = evaluate(subject, scope)
  return settle(scope, node.span, () => {
    const { answer, labels } = asking(scope.machine, () => matchGuarded(pattern, value, inner(scope)))
    return boolean(answer, labels)
  })
}
