import type { AndOr, Command, CompoundList, PipelineNode, Statement, SyntaxNode } from 'unbash'
import type { Defined } from './flow.ts'

/** What surely becomes of a node: it ends the shell or the function with a failure, or just fails. */
export type Failing = 'shell' | 'function' | 'status' | undefined

const deepest = 12

/** How `node`, right of `||`, hands the failure on: `exit 1`, `return 1`, `false`, `{ echo …; exit 1; }`, `die …`. */
export function failingOf(node: SyntaxNode, functions: ReadonlyMap<string, Defined>, depth = 0): Failing {
  if (depth > deepest) return undefined
  const inside = (child: SyntaxNode) => failingOf(child, functions, depth + 1)
  switch (node.type) {
    case 'Statement':
      return node.background ? undefined : inside(node.command)
    case 'Command':
      return failingCommand(node, functions, depth)
    case 'BraceGroup':
      return inside(node.body)
    case 'Redirected':
      return inside(node.command)
    case 'Subshell':
      return inside(node.body) === undefined ? undefined : 'status'
    case 'CompoundList':
      return failingList(node.commands, inside)
    case 'AndOr':
      return node.operators.every((operator) => operator === '&&') ? inside(node.commands.at(-1) ?? node) : undefined
    default:
      return undefined
  }
}

function failingList(statements: readonly Statement[], inside: (node: SyntaxNode) => Failing): Failing {
  for (const [index, statement] of statements.entries()) {
    const failing = inside(statement)
    if (failing === 'shell' || failing === 'function') return failing
    if (failing === 'status' && index === statements.length - 1) return failing
  }
  return undefined
}

function failingCommand(node: Command, functions: ReadonlyMap<string, Defined>, depth: number): Failing {
  const name = node.name?.value ?? ''
  if (name === 'false') return 'status'
  if (name === 'exit' || name === 'return') {
    return failingStatus(node.args[0]?.text, true) ? (name === 'exit' ? 'shell' : 'function') : undefined
  }
  const defined = functions.get(name)
  const failing = defined && failingOf(defined.node.body, functions, depth + 1)
  return failing === 'function' ? 'status' : failing
}

/** Whether the argument of `exit` and `return` is a failure; `failed`: whether the command before it was one. */
export function failingStatus(argument: string | undefined, failed: boolean): boolean {
  const status = argument?.replace(/["']/g, '')
  if (status === undefined || status === '$?') return failed
  return /^-?\d+$/.test(status) && Number(status) % 256 !== 0
}

const tests = new Set([
  'false',
  '[',
  'test',
  '[[',
  'which',
  'type',
  'hash',
  'pgrep',
  'getent',
  'mountpoint',
  'pg_isready',
  'nc',
])

/** Whether a node asks a question rather than doing something: a test, `command -v`, `grep -q`, or a negation. */
export function asks(node: PipelineNode): boolean {
  if (node.type === 'TestCommand' || node.type === 'ArithmeticCommand') return true
  if (node.type === 'Pipeline') {
    const last = node.commands.at(-1)
    return node.prefixes.some((prefix) => prefix.type === 'Negation') || (last !== undefined && asks(last))
  }
  if (node.type === 'Redirected' || node.type === 'BraceGroup' || node.type === 'Subshell') {
    const only = bodyOf(node)
    return only !== undefined && asks(only)
  }
  if (node.type !== 'Command') return false
  const name = node.name?.value.split('/').at(-1) ?? ''
  const flags = node.args.map((argument) => argument.text).filter((text) => text.startsWith('-'))
  if (name === 'command') return flags.some((flag) => /^-[vV]$/.test(flag))
  if (/^[ef]?grep$/.test(name)) return flags.some((flag) => /^-[a-zA-Z]*q|^--(quiet|silent)$/.test(flag))
  return tests.has(name)
}

function bodyOf(node: SyntaxNode): PipelineNode | undefined {
  if (node.type === 'Redirected') return bodyOf(node.command)
  if (node.type !== 'BraceGroup' && node.type !== 'Subshell') return undefined
  const [only, more] = node.body.commands
  return only && !more && only.command.type !== 'AndOr' ? only.command : undefined
}

/** Whether a condition always holds: `true` or `:`. */
export function alwaysTrue(clause: CompoundList): boolean {
  const [only, more] = clause.commands
  return only?.command.type === 'Command' && !more && /^(true|:)$/.test(only.command.name?.value ?? '')
}

/**
 * For each command of a list with `&&` and `||`, whether its failure becomes that of the list (`status`), ends the
 * shell or function with a failure (`shell`, `function`), or is caught (undefined). The last one counts as `status`.
 */
export function failuresOf(list: AndOr, functions: ReadonlyMap<string, Defined>): readonly Failing[] {
  const failures: Failing[] = list.commands.map(() => 'status')
  for (let index = list.commands.length - 2; index >= 0; index--) {
    const next = list.commands[index + 1]
    const failing = list.operators[index] === '||' && next ? failingOf(next, functions) : 'status'
    failures[index] = failing === 'status' ? failures[index + 1] : failing
  }
  return failures
}
