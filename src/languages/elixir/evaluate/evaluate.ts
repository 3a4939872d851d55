import { type Span, sameSpan } from '../../../text/source.ts'
import { aliasName } from '../syntax/aliases.ts'
import type { AccessNode, AliasNode, BlockNode, Node, VariableNode } from '../syntax/ast.ts'
import { fullName } from '../syntax/query.ts'
import { struct } from '../values/map.ts'
import { ElixirError, raise } from '../values/types.ts'
import { atom, binary, boundValue, nil, unknownValue, type Value } from '../values/value.ts'
import { fieldOf } from './access.ts'
import { callFunction, callStandard } from './apply.ts'
import { evaluateCall } from './calls.ts'
import { settle, settled } from './fork.ts'
import { captureOf, closureOf } from './functions.ts'
import { evaluateLiteral } from './literals.ts'
import { type Machine, type Scope, spend, weigh } from './machine.ts'
import { evaluateBinary, evaluateUnary } from './operators.ts'

/** What an expression gives. Throws ElixirError where it raises, Undecided where it needs an open choice. */
export function evaluate(node: Node, scope: Scope): Value {
  spend(scope.machine, 1)
  const value = scope.machine.input.past ? worthPast(node, scope) : worth(node, scope)
  return weigh(scope.machine, node.span, value)
}

/** As `worth`; what stops the script where it is known to stop is not known, unless it is clear what was meant. */
function worthPast(node: Node, scope: Scope): Value {
  try {
    return worth(node, scope)
  } catch (error) {
    if (!isPast(error, scope.machine)) throw error
    const isOfMix = node.kind === 'call' && fullName(node) === 'Mix.env'
    return isOfMix ? atom(scope.machine.input.configEnv) : unknownValue('the script stops here')
  }
}

/** Whether an error is one that is known to stop the script, which goes on nevertheless. A script that cannot be read does not. */
export function isPast(error: unknown, { input, tries }: Machine): boolean {
  const { type, span } = error instanceof ElixirError ? error.crash : {}
  if (span === undefined || type === 'SyntaxError' || tries > 0) return false
  return input.past?.some((one) => sameSpan(one, span)) ?? false
}

function worth(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case 'variable':
      return evaluateName(node, scope)
    case 'alias':
      return evaluateAlias(node, scope)
    case 'attribute':
      return evaluateAttribute(node.name, node.value, scope)
    case 'call':
      return evaluateCall(node, scope)
    case 'apply': {
      const fun = evaluate(node.fun, scope)
      const args = node.args.map((arg) => evaluate(arg, scope))
      return settle(scope, node.span, () => callFunction(settled(scope.machine, fun), args, scope, node.span))
    }
    case 'access':
      return evaluateAccess(node, scope)
    case 'unary':
      return evaluateUnary(node, scope)
    case 'binary':
      return evaluateBinary(node, scope)
    case 'fn':
      return closureOf(node, scope)
    case 'capture':
      return captureOf(node, scope)
    case 'placeholder':
      return (
        scope.variables.get(`&${node.index}`) ??
        raise('CompileError', `capture argument &${node.index} must be used within the capture operator &`)
      )
    case 'block':
      return evaluateBlock(node, scope)
    case 'clauses':
      return raise('CompileError', 'unexpected operator ->')
    case 'unread':
      return node.bound ? boundValue(node.why) : unknownValue(node.why)
    default:
      return evaluateLiteral(node, scope)
  }
}

/** The value of the last expression; nil for none. */
export function evaluateBlock(block: BlockNode, scope: Scope): Value {
  let result: Value = nil
  for (const node of block.body) result = evaluate(node, scope)
  return result
}

/** A place as one step of a trail. */
export const placed = (span: Span, text: string) => [{ span, text }]

function evaluateName(node: VariableNode, scope: Scope): Value {
  const variable = scope.variables.get(node.name)
  if (variable !== undefined) return variable
  switch (node.name) {
    case '__MODULE__':
      return scope.module === undefined ? nil : atom(`Elixir.${scope.module}`)
    case '__DIR__':
      return binary(scope.path.slice(0, scope.path.lastIndexOf('/')), placed(node.span, 'the directory of this file'))
    case '__ENV__':
      return environmentOf(scope)
    case '__STACKTRACE__':
      return unknownValue('stack traces are not modelled', 'list')
    default:
      return evaluateCall(
        { kind: 'call', name: node.name, nameSpan: node.span, args: [], parens: false, blocks: [], span: node.span },
        scope,
      )
  }
}

/** What scripts ask `__ENV__` for. */
const environmentOf = (scope: Scope): Value =>
  struct('Elixir.Macro.Env', {
    file: binary(scope.path),
    module: scope.module === undefined ? nil : atom(`Elixir.${scope.module}`),
    function: unknownValue('`__ENV__` is modelled in part'),
    line: unknownValue('`__ENV__` is modelled in part', 'integer'),
  })

function evaluateAlias(node: AliasNode, scope: Scope): Value {
  const name = aliasName(node, scope.aliases, scope.module)
  const trail = placed(node.span, `\`${name ?? ''}\` is written here`)
  if (name !== undefined) return atom(`Elixir.${name}`, trail)
  const head = node.head ? evaluate(node.head, scope) : nil
  return head.kind === 'atom'
    ? atom(`${head.name}.${node.segments.join('.')}`, trail)
    : unknownValue('the module is not known', 'atom')
}

function evaluateAttribute(name: string, value: Node | undefined, scope: Scope): Value {
  if (value === undefined) return scope.attributes?.get(name) ?? nil
  if (!['spec', 'type', 'typep', 'opaque', 'callback', 'impl'].includes(name)) {
    scope.attributes = new Map([...(scope.attributes ?? []), [name, evaluate(value, scope)]])
  }
  return atom('ok')
}

function evaluateAccess(node: AccessNode, scope: Scope): Value {
  const target = evaluate(node.target, scope)
  const key = evaluate(node.key, scope)
  return settle(scope, node.span, () => {
    const found = fieldOf(settled(scope.machine, target), key, scope, node.span)
    return found ?? callStandard('Access.get/2', [target, key], scope, node.span)
  })
}
