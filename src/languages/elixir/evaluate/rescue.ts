import type { Span } from '../../../text/source.ts'
import { aliasName } from '../syntax/aliases.ts'
import type { CallNode, Clause, Node, Section } from '../syntax/ast.ts'
import { inspectValue } from '../values/inspect.ts'
import { type Crash, ElixirError, raise } from '../values/types.ts'
import { atom, nil, type Value } from '../values/value.ts'
import { evaluate } from './evaluate.ts'
import { exceptionOf, exceptionValue } from './exceptions.ts'
import { settle, settled } from './fork.ts'
import { findClause, runClause } from './functions.ts'
import { bind, inner, type Scope } from './machine.ts'

type Sections = readonly { readonly label: Section['label']; readonly body: Node }[]

/** `raise "message"`, `raise Module`, `raise Module, options`, `raise exception`. */
export function evaluateRaise(node: CallNode, scope: Scope): Value {
  const [what = nil, options] = node.args.map((arg) => evaluate(arg, scope))
  return settle(scope, node.span, () => {
    const given = settled(scope.machine, what)
    if (given.kind === 'binary' && options) raise('CompileError', 'a message takes no options')
    const crash = exceptionOf(given, options ? settled(scope.machine, options) : undefined, scope, node.span)
    throw new ElixirError({ ...crash, span: node.span })
  })
}

/** `try` and the sections of a function: body, `rescue`, `catch`, `else`, `after`. */
export function evaluateTry(sections: Sections, scope: Scope, span: Span): Value {
  const { machine } = scope
  const find = (label: Section['label']): Node | undefined => sections.find((section) => section.label === label)?.body
  const handlers = clausesOf(find('rescue')).length + clausesOf(find('catch')).length > 0
  const own = inner(scope)
  return settle(
    own,
    span,
    () => {
      const finish = (): void => {
        const after = find('after')
        if (after) evaluate(after, inner(own))
      }
      let value: Value
      try {
        value = watched(machine, handlers, () => evaluate(find('do') ?? { kind: 'block', body: [], span }, inner(own)))
      } catch (error) {
        if (!(error instanceof ElixirError)) throw error
        const handled = handle(error.crash, find('rescue'), find('catch'), own)
        finish()
        if (!handled) throw error
        return handled
      }
      const otherwise = find('else')
      if (otherwise) value = evaluateElse(otherwise, value, own)
      finish()
      return value
    },
    true,
  )
}

function watched(machine: Scope['machine'], handlers: boolean, run: () => Value): Value {
  if (!handlers) return run()
  machine.tries++
  try {
    return run()
  } finally {
    machine.tries--
  }
}

const clausesOf = (body: Node | undefined): readonly Clause[] => (body?.kind === 'clauses' ? body.clauses : [])

function evaluateElse(body: Node, value: Value, scope: Scope): Value {
  const found = findClause(clausesOf(body), [value], scope)
  if (found) return runClause(found)
  return raise(
    'TryClauseError',
    `no try clause matching: ${inspectValue(settled(scope.machine, value), scope.machine.version)}`,
    { term: value },
  )
}

function handle(crash: Crash, rescue: Node | undefined, catches: Node | undefined, scope: Scope): Value | undefined {
  if (crash.kind === 'error') {
    for (const clause of clausesOf(rescue)) {
      const [pattern] = clause.patterns
      if (!pattern || !rescues(pattern, crash, scope)) continue
      const own = inner(scope)
      const name = pattern.kind === 'binary' ? pattern.left : pattern
      if (name.kind === 'variable' && name.name !== '_') bind(own, new Map([[name.name, exceptionValue(crash)]]))
      return evaluate(clause.body, own)
    }
  }
  for (const clause of clausesOf(catches)) {
    const thrown = crash.kind === 'error' ? exceptionValue(crash) : (crash.fields.value ?? nil)
    if (clause.patterns.length === 1 && crash.kind !== 'throw') continue
    const args = clause.patterns.length === 1 ? [thrown] : [atom(crash.kind), thrown]
    const found = findClause([clause], args, scope)
    if (found) return evaluate(clause.body, found.scope)
  }
  return undefined
}

/** Whether a pattern of `rescue` names the exception: `e`, `_`, `Module`, `e in Module`, `e in [A, B]`. */
function rescues(pattern: Node, crash: Crash, scope: Scope): boolean {
  if (pattern.kind === 'variable') return true
  const named = pattern.kind === 'binary' && pattern.operator === 'in' ? pattern.right : pattern
  if (named.kind === 'variable') return true
  const wanted = named.kind === 'list' ? named.items : [named]
  return wanted.some((node) => {
    const name = aliasName(node, scope.aliases, scope.module)
    return name === crash.type || (name === 'ErlangError' && crash.type === '')
  })
}
