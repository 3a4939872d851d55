import { constructs } from '../evaluate/control.ts'
import { Exhausted, type Scope } from '../evaluate/machine.ts'
import { variablesOf } from '../evaluate/pattern.ts'
import type { CallNode, Clause, ElixirFile, Node } from '../syntax/ast.ts'
import { modules } from '../syntax/modules.ts'
import { childrenOf, sections, walk } from '../syntax/query.ts'
import { checkDirective, checkModule } from './check-module.ts'
import {
  addVariables,
  checkConcatenation,
  checkName,
  checkStruct,
  fail,
  inModules,
  inside,
  type KnownNames,
  outsideModule,
  refusePipe,
} from './check-names.ts'

/**
 * Elixir compiles a whole script before it runs any of it: syntax errors, variables and functions that do not exist
 * and modules that cannot be imported stop it then. Throws ElixirError.
 */
export function checkScript(file: ElixirFile, scope: Scope): void {
  const [problem] = file.problems
  if (problem?.bound) throw new Exhausted(problem.message)
  if (problem) fail('SyntaxError', problem.message, problem.span)
  const { machine } = scope
  const names: KnownNames = {
    machine,
    defined: new Set(modules(file).map((module) => module.name)),
    variables: new Set(),
    aliases: new Map(),
    imports: [],
    functions: new Set(),
    open: false,
  }
  for (const node of file.body) check(node, names)
}

const literal = /^(?:string|charlist|integer|float|list)$/

/** What an expression names must exist. */
export function check(node: Node, names: KnownNames): void {
  switch (node.kind) {
    case 'variable':
      return checkName(node.name, 0, node.span, names, true)
    case 'binary':
      if (node.operator === '=' || node.operator === '<-') {
        check(node.right, names)
        return bindPattern(node.left, names)
      }
      if (node.operator === '|>') return checkPipe(node.left, node.right, names)
      if (node.operator === '::') return check(node.left, names)
      if (/^(?:&&|\|\||and|or)$/.test(node.operator)) {
        check(node.left, names)
        return check(node.right, inside(names))
      }
      if (node.operator === '<>') checkConcatenation([node.left, node.right])
      return checkTogether([node.left, node.right], names)
    case 'fn':
      return checkEach(node.clauses, (clause) => checkClause(clause, names))
    case 'clauses':
      return checkEach(node.clauses, (clause) => checkClause(clause, names))
    case 'capture':
      return checkCapture(node.body, names)
    case 'block':
      return checkEach(node.body, (child) => check(child, names))
    case 'call':
      return checkCall(node, names)
    case 'apply':
      if (node.fun.kind === 'alias' || node.fun.kind === 'atom' || literal.test(node.fun.kind))
        fail('CompileError', 'invalid function call', node.span)
      return checkTogether(childrenOf(node), names)
    case 'sigil':
      if (!/^[sSrRcCwWDTNU]$/.test(node.name) && !names.open) checkName(`sigil_${node.name}`, 2, node.span, names)
      return checkTogether(childrenOf(node), names)
    case 'map':
      if (node.struct) checkStruct(node.struct, names)
      return checkTogether(childrenOf(node), names)
    case 'attribute':
      if (names.module === undefined) outsideModule('@/1', node.span)
      if (node.value && /^(?:spec|type|typep|opaque|callback|macrocallback)$/.test(node.name)) return
      return checkTogether(childrenOf(node), names)
    default:
      return checkTogether(childrenOf(node), names)
  }
}

function checkEach<T>(items: readonly T[], visit: (item: T) => void): void {
  for (const item of items) visit(item)
}

/** Arguments do not see what their neighbours bind; what comes after sees all of it. */
function checkTogether(nodes: readonly Node[], names: KnownNames): void {
  const added: string[] = []
  for (const node of nodes) {
    const own = inside(names)
    check(node, own)
    if (own.variables !== names.variables) added.push(...own.variables)
  }
  addVariables(names, added)
}

/** Binds the variables of a pattern; what it pins or calls must exist. */
export function bindPattern(pattern: Node, names: KnownNames): void {
  const guarded = pattern.kind === 'binary' && pattern.operator === 'when' ? pattern : undefined
  const own = guarded?.left ?? pattern
  walk(own, (node) => {
    if (node.kind === 'unary' && node.operator === '^') check(node.operand, names)
    if (node.kind === 'map' && node.struct) checkStruct(node.struct, names)
    if (node.kind === 'binary' && node.operator === '\\\\') check(node.right, names)
    if (node.kind === 'string' && node.parts.some((part) => part.kind === 'interpolation')) {
      fail('CompileError', 'cannot invoke remote function String.Chars.to_string/1 inside a match', node.span)
    }
  })
  addVariables(names, variablesOf(own))
  if (guarded) check(guarded.right, names)
}

function checkClause(clause: Clause, outer: KnownNames): void {
  const names = inside(outer)
  for (const pattern of clause.patterns) bindPattern(pattern, names)
  if (clause.guard) check(clause.guard, names)
  check(clause.body, names)
}

function checkPipe(left: Node, right: Node, names: KnownNames): void {
  if (right.kind === 'call') return check({ ...right, args: [left, ...right.args] }, names)
  if (!/^(?:variable|apply|unary)$/.test(right.kind)) refusePipe(left, right)
  check(left, names)
  if (right.kind === 'variable') checkName(right.name, 1, right.span, names)
  else check(right, names)
}

function checkCapture(body: Node, names: KnownNames): void {
  const named = body.kind === 'binary' && body.operator === '/' && body.right.kind === 'integer' ? body : undefined
  if (named?.left.kind === 'variable' && named.right.kind === 'integer')
    return checkName(named.left.name, Number(named.right.value), body.span, names)
  if (named?.left.kind === 'call' && named.left.target) return check(named.left.target, names)
  check(body, names)
}

function checkCall(node: CallNode, names: KnownNames): void {
  if (node.target) {
    if (literal.test(node.target.kind)) fail('CompileError', 'invalid call of a literal', node.span)
    check(node.target, names)
    return checkArguments(node, names)
  }
  const arity = node.args.length + (node.blocks.length > 0 ? 1 : 0)
  if (node.name === 'alias' || node.name === 'require' || node.name === 'import' || node.name === 'use')
    return checkDirective(node, names)
  if (node.name === 'quote') return
  if (node.name === 'defmodule') return checkModule(node, names)
  if (inModules.test(node.name))
    return names.module === undefined ? outsideModule(`${node.name}/${arity === 1 ? 1 : 2}`, node.span) : undefined
  checkName(node.name, arity, node.nameSpan, names)
  if (node.name === 'put_in' || node.name === 'update_in') return checkTogether(node.args.slice(1), names)
  if (node.name === 'for' || node.name === 'with') return checkSteps(node, names)
  if (node.name === 'match?' && node.args.length === 2) {
    const own = inside(names)
    if (node.args[1]) check(node.args[1], own)
    return node.args[0] && bindPattern(node.args[0], own)
  }
  if (constructs.get(node.name) && sections(node).length > 0) return checkBlocks(node, names)
  const stops = node.blocks.find((section) => section.body.kind === 'clauses')
  if (stops && !constructs.get(node.name)) {
    fail(
      'CompileError',
      `the function "${node.name}" cannot handle clauses with the -> operator because it is not a macro`,
      stops.span,
    )
  }
  checkArguments(node, names)
}

function checkArguments(node: CallNode, names: KnownNames): void {
  checkTogether(node.args, names)
  for (const section of node.blocks) check(section.body, inside(names))
}

/** What the arguments bind is seen in the sections and afterwards; what the sections bind stays there. */
function checkBlocks(node: CallNode, names: KnownNames): void {
  checkTogether(node.blocks.length > 0 ? node.args : node.args.slice(0, -1), names)
  for (const { label, body } of sections(node)) {
    const own = inside(names)
    if (label === 'rescue' && body.kind === 'clauses') checkEach(body.clauses, (clause) => checkRescue(clause, own))
    else if (node.name === 'cond' && body.kind === 'clauses')
      checkEach(body.clauses, (clause) => checkCond(clause, own))
    else {
      if (label === 'catch') addVariables(own, ['__STACKTRACE__'])
      check(body, own)
    }
  }
}

function checkCond(clause: Clause, outer: KnownNames): void {
  const names = inside(outer)
  for (const condition of clause.patterns) check(condition, names)
  check(clause.body, names)
}

/** Checks one clause of `rescue`. */
export function checkRescue(clause: Clause, outer: KnownNames): void {
  const names = inside(outer)
  const [pattern] = clause.patterns
  const name = pattern?.kind === 'binary' && pattern.operator === 'in' ? pattern.left : pattern
  addVariables(names, ['__STACKTRACE__', ...(name?.kind === 'variable' ? [name.name] : [])])
  check(clause.body, names)
}

function checkSteps(node: CallNode, outer: KnownNames): void {
  const names = inside(outer)
  for (const step of node.args) {
    if (step.kind !== 'bitstring') check(step, names)
    else if (step.segments.at(-1)?.kind === 'binary') {
      const last = step.segments.at(-1)
      if (last?.kind === 'binary') check(last.right, names)
      addVariables(
        names,
        step.segments.flatMap((segment) =>
          variablesOf(segment.kind === 'binary' && segment.operator === '<-' ? segment.left : segment),
        ),
      )
    }
  }
  for (const section of node.blocks) check(section.body, section.label === 'else' ? inside(outer) : inside(names))
}
