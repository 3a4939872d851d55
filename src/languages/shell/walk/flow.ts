import type { Function as ParsedFunction } from 'unbash'
import type { Label } from '../../../text/diagnostic.ts'
import type { Region } from '../region.ts'
import type { Guard, Positional, Redirect, ShellFunction, SimpleCommand } from '../types.ts'

/** What holds for a place of a script, handed down the tree. */
export interface Flow {
  readonly region: Region
  /** Whether the status of the node, where it is not 0, becomes that of the script. */
  readonly status: boolean
  /** Whether a shell that ends here with a failure makes the script fail. */
  readonly abort: boolean
  /** Whether a function that returns here with a failure makes the script fail. */
  readonly returns: boolean
  /** Whether `set -e` is without effect: in conditions, left of `&&` and `||`, behind `!`. */
  readonly suppressed: boolean
  readonly maybe: boolean
  readonly guards: readonly Guard[]
  readonly scope: readonly number[]
  readonly pipeline: SimpleCommand['pipeline']
  readonly background: boolean
  readonly substitution: boolean
  readonly condition: boolean
  /** Whether `break` and `continue` have a loop to leave. */
  readonly loop: boolean
  readonly calls: readonly Label[]
  /** Those of the groups around it: `{ …; } > file`. */
  readonly redirects: readonly Redirect[]
  /** Whether it stands right of `||`, where a bare `exit` hands on a failure. */
  readonly afterFailure: boolean
}

/** What one shell process remembers while it runs. A subshell starts with a copy. */
export interface WalkedShell {
  errexit: boolean
  pipefail: boolean
  readonly bash: boolean
  positional: Positional | undefined
  /** The conditions under which it has ended before this point, as what holds when it has not. */
  escapes: readonly Leaving[]
  readonly functions: Map<string, Defined>
}

export interface Leaving {
  readonly guard: Guard
  readonly leaves: Leaves
}

/** What a command leaves: `exit` and `exec` the shell, `return` the function, `break` and `continue` the loop. */
export type Leaves = 'shell' | 'function' | 'loop'

export interface Defined {
  readonly node: ParsedFunction
  readonly region: Region
}

/** What a walk over a script gathers, over all of its shells. */
export interface WalkedRun {
  readonly commands: SimpleCommand[]
  readonly functions: ShellFunction[]
  /** The functions that are being called, for recursion. */
  readonly calling: Set<string>
  nextScope: number
  /** How many commands and calls may still follow. */
  budget: number
  /** How often the loops around this place run. */
  repeats: number
}

/** How a node ends the shell, function or loop that it stands in, where it surely does. */
export type End = { readonly leaves: Leaves; readonly fails: boolean } | undefined

export const longestRun = 20_000
const mostEscapes = 24

/** Whether a failure of a command at this place makes the script fail. */
export const matters = (flow: Flow, shell: WalkedShell): boolean =>
  flow.status || (shell.errexit && !flow.suppressed && flow.abort)

/** The flow and the shell of a process that is started at a place; `counts`: whether its failure matters there. */
export function subshell(flow: Flow, shell: WalkedShell, run: WalkedRun, counts: boolean): [Flow, WalkedShell] {
  const scope = [...flow.scope, run.nextScope++]
  return [{ ...flow, status: counts, abort: counts, returns: counts, scope, afterFailure: false }, { ...shell }]
}

/** Forgets the escapes since `before` that led no further than to the end of a function or loop. */
export function leave(what: 'function' | 'loop', shell: WalkedShell, before: readonly Leaving[]): void {
  const further = (leaves: Leaves) => leaves === 'shell' || (what === 'loop' && leaves === 'function')
  shell.escapes = shell.escapes.filter((one) => before.includes(one) || further(one.leaves))
}

/** Notes that the shell may have ended before this point, when `guard` held. */
export function escapeBy(shell: WalkedShell, guard: Guard | undefined, end: End): void {
  if (!end || end.fails || guard === undefined || shell.escapes.length >= mostEscapes) return
  shell.escapes = [...shell.escapes, { guard: { ...guard, negated: !guard.negated }, leaves: end.leaves }]
}

const longestText = 200

/** A condition written at `[start, end)` of the region. */
export function guardOf(
  kind: Guard['kind'],
  negated: boolean,
  region: Region,
  start: number,
  end: number,
  rest: Partial<Pick<Guard, 'commands' | 'subject' | 'patterns' | 'earlier'>> = {},
): Guard {
  const text = region.text.slice(start, Math.min(end, start + longestText))
  const { commands = [], subject, patterns = [], earlier = [] } = rest
  return { kind, negated, text, span: region.at(start, end), commands, subject, patterns, earlier }
}
