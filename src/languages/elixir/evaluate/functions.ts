import type { TrailLabel } from '../../../text/known.ts'
import { aliasName } from '../syntax/aliases.ts'
import type { CaptureNode, Clause, FnNode, Node } from '../syntax/ast.ts'
import { walk } from '../syntax/query.ts'
import { ElixirError, noClause, raise } from '../values/types.ts'
import { type FunctionValue, isAtom, type Value } from '../values/value.ts'
import { callModule } from './apply.ts'
import { callLocal } from './calls.ts'
import { ask, asking, under } from './deciding.ts'
import { evaluate, evaluateBlock } from './evaluate.ts'
import { isTrue, settle } from './fork.ts'
import { bind, enter, inner, type Scope } from './machine.ts'
import { operate } from './operators.ts'
import { type Bindings, match } from './pattern.ts'

/** `fn … end` with the variables of the place where it stands. */
export function closureOf(node: FnNode, scope: Scope): FunctionValue {
  const captured = inner(scope)
  const arity = node.clauses[0]?.patterns.length ?? 0
  const run: FunctionValue['run'] = (args, context) =>
    enter(captured.machine, () =>
      settle(captured, context.span, () => {
        const found = findClause(node.clauses, args, captured)
        if (!found) return noClause(`:erl_eval."-inside-an-interpreted-fun-"/${arity}`)
        return runClause(found)
      }),
    )
  return { kind: 'function', arity, name: closureName(arity), external: false, run }
}

const closureName = (arity: number): string =>
  `${[43, 42, 41, 40, 39, 38][arity] ?? 37}.3316493/${arity} in :erl_eval.expr/6`

interface FoundClause {
  readonly clause: Clause
  readonly scope: Scope
  /** What decided that it is this one. */
  readonly labels: readonly TrailLabel[]
}

/** The first clause whose patterns and guard hold for `args`, and its scope with the variables bound. */
export function findClause(clauses: readonly Clause[], args: readonly Value[], outer: Scope): FoundClause | undefined {
  const { answer, labels } = asking(outer.machine, () => {
    for (const clause of clauses) {
      const scope = matchArguments(clause.patterns, clause.guard, args, outer)
      if (scope) return { clause, scope }
    }
    return undefined
  })
  return answer && { ...answer, labels }
}

/** What the body of a clause gives. */
export const runClause = ({ clause, scope, labels }: FoundClause): Value =>
  under(scope.machine, labels, () => evaluateBlock(clause.body, scope))

/** A scope with the patterns' variables bound; undefined where patterns or guard do not hold. */
export function matchArguments(
  patterns: readonly Node[],
  guard: Node | undefined,
  args: readonly Value[],
  outer: Scope,
): Scope | undefined {
  const scope = inner(outer)
  const bindings: Bindings = new Map()
  const fits =
    patterns.length === args.length &&
    patterns.every((pattern, index) => {
      const arg = args[index]
      return arg !== undefined && match(pattern, arg, scope, bindings)
    })
  if (!fits) return undefined
  bind(scope, bindings)
  return guard === undefined || guardHolds(guard, scope) ? scope : undefined
}

/** A guard that raises does not hold; nor does one that gives anything but true. */
function guardHolds(guard: Node, scope: Scope): boolean {
  if (guard.kind === 'binary' && guard.operator === 'when')
    return guardHolds(guard.left, scope) || guardHolds(guard.right, scope)
  try {
    const value = evaluate(guard, scope)
    ask(scope.machine, value, isAtom(value, 'true'))
    return value.kind === 'unknown' || value.kind === 'oneOf' ? isTrue(scope, guard.span, value) : isAtom(value, 'true')
  } catch (error) {
    if (error instanceof ElixirError) return false
    throw error
  }
}

/** `&String.trim/1`, `&helper/2`, `&+/2`, `&(&1 + 1)`. */
export function captureOf(node: CaptureNode, scope: Scope): Value {
  const { body } = node
  if (
    body.kind === 'binary' &&
    body.operator === '/' &&
    body.right.kind === 'integer' &&
    (body.left.kind === 'call' || body.left.kind === 'variable')
  ) {
    const named = namedCapture(body.left, Number(body.right.value), scope)
    if (named) return named
  }
  let arity = 0
  walk(body, (inside) => {
    if (inside.kind === 'placeholder') arity = Math.max(arity, inside.index)
    return inside.kind !== 'capture'
  })
  if (arity === 0) return raise('CompileError', 'invalid args for &, expected one of: …')
  const captured = inner(scope)
  const run: FunctionValue['run'] = (args) =>
    enter(captured.machine, () => {
      const own = inner(captured)
      bind(own, new Map(args.map((arg, index) => [`&${index + 1}`, arg])))
      return evaluate(body, own)
    })
  return { kind: 'function', arity, name: closureName(arity), external: false, run }
}

const isOperator = /^[^\p{L}_]/u

function namedCapture(
  left: Node & { kind: 'call' | 'variable' },
  arity: number,
  scope: Scope,
): FunctionValue | undefined {
  if (left.kind === 'call' && left.target) {
    const module = aliasName(left.target, scope.aliases, scope.module)
    if (module === undefined) return undefined
    const run: FunctionValue['run'] = (args, context) => callModule(module, left.name, args, scope, context.span)
    return { kind: 'function', arity, name: `${module}.${left.name}/${arity}`, external: true, run }
  }
  if (isOperator.test(left.name)) {
    const run: FunctionValue['run'] = (args, context) => operate(left.name, args, scope, context.span)
    return { kind: 'function', arity, name: `:erlang.${left.name}/${arity}`, external: true, run }
  }
  const run: FunctionValue['run'] = (args, context) => callLocal(left.name, args, scope, context.span)
  return { kind: 'function', arity, name: `${scope.module ?? 'Kernel'}.${left.name}/${arity}`, external: true, run }
}
