import type { AndOr, CommandNode, Pipeline, Statement } from 'unbash'
import type { Guard } from '../types.ts'
import { walkNode } from './compound.ts'
import { asks, type Failing, failuresOf } from './ending.ts'
import { type End, escapeBy, type Flow, guardOf, matters, subshell, type WalkedRun, type WalkedShell } from './flow.ts'

/** Runs statements one after the other until one of them ends the shell. */
export function walkStatements(statements: readonly Statement[], flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  for (const [index, statement] of statements.entries()) {
    if (run.budget <= 0) return undefined
    const last = index === statements.length - 1
    const end = walkStatement(statement, last ? flow : { ...flow, status: false, afterFailure: false }, shell, run)
    if (end) return end
  }
  return undefined
}

function walkStatement(statement: Statement, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const node = statement.command
  if (!statement.background) return walkNode(node, flow, shell, run)
  const [inner, child] = subshell(flow, shell, run, false)
  walkNode(node, { ...inner, background: true }, child, run)
  return undefined
}

/** `a && b || c`, which is `(a && b) || c`: each command hangs on all that stands left of it. */
export function walkAndOr(list: AndOr, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const failures = failuresOf(list, shell.functions)
  const begin = run.commands.length
  let guards: readonly Guard[] = []
  for (const [index, node] of list.commands.entries()) {
    if (run.budget <= 0) return undefined
    const operator = list.operators[index - 1]
    const last = index === list.commands.length - 1
    if (operator) guards = guardsAt(list, index, guards, flow, run, begin)
    const survives = operator === '&&' && isFatal(failures[index - 1], flow)
    const asked = !last && asks(node)
    const here: Flow = {
      ...flow,
      status: last ? flow.status : isFatal(failures[index], flow),
      suppressed: flow.suppressed || !last,
      condition: flow.condition || asked,
      guards: [...flow.guards, ...guards],
      maybe: flow.maybe || (guards.length > 0 && !survives),
      afterFailure: operator === '||',
    }
    const end = walkNode(node, here, shell, run)
    if (end && (operator === undefined || survives)) return end
    escapeBy(shell, guards.at(-1) ?? wholeGuard('and', false, list, index, flow, []), end)
  }
  return undefined
}

function isFatal(failing: Failing, flow: Flow): boolean {
  if (failing === 'status') return flow.status
  return failing === 'shell' ? flow.abort : failing === 'function' && flow.returns
}

const mostDeciding = 16
const mostGuards = 16

/** The conditions of the command at `index`, given those of the one before it. */
function guardsAt(
  list: AndOr,
  index: number,
  before: readonly Guard[],
  flow: Flow,
  run: WalkedRun,
  begin: number,
): readonly Guard[] {
  const commands = run.commands.slice(Math.max(begin, run.commands.length - mostDeciding))
  if (list.operators[index - 1] === '||') return [wholeGuard('or', true, list, index, flow, commands)]
  const previous = list.commands[index - 1]
  const chained = list.operators[index - 2] !== '||'
  const asked = previous !== undefined && asks(previous)
  if (!asked) return chained ? before : []
  if (!chained) return [wholeGuard('and', false, list, index, flow, commands)]
  const deciding = commands.filter((command) => command.span.start >= flow.region.at(previous.pos, previous.end).start)
  const guard = guardOf('and', false, flow.region, previous.pos, previous.end, { commands: deciding })
  return before.length < mostGuards ? [...before, guard] : before
}

/** Everything left of the command at `index` as a condition. */
function wholeGuard(
  kind: 'and' | 'or',
  negated: boolean,
  list: AndOr,
  index: number,
  flow: Flow,
  commands: Guard['commands'],
): Guard {
  const end = list.commands[Math.max(0, index - 1)]?.end ?? list.end
  return guardOf(kind, negated, flow.region, list.pos, end, { commands })
}

/** `a | b`, `! a` and `time a`. Each side of a pipe is a process of its own. */
export function walkPipeline(pipeline: Pipeline, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const negated = pipeline.prefixes.some((prefix) => prefix.type === 'Negation')
  const outer = negated ? { ...flow, status: false, suppressed: true } : flow
  const only = pipeline.commands.length === 1 ? pipeline.commands[0] : undefined
  if (only) return walkNode(only, outer, shell, run)
  for (const [index, node] of pipeline.commands.entries()) {
    if (run.budget <= 0) return undefined
    walkMember(node, index, pipeline, outer, shell, run)
  }
  return undefined
}

function walkMember(
  node: CommandNode,
  index: number,
  pipeline: Pipeline,
  flow: Flow,
  shell: WalkedShell,
  run: WalkedRun,
): void {
  const length = pipeline.commands.length
  const counts = matters(flow, shell) && (index === length - 1 || shell.pipefail)
  const [inner, child] = subshell(flow, shell, run, counts)
  walkNode(node, { ...inner, pipeline: { index, length } }, child, run)
}
