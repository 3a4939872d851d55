import type { AndOr, Case, CommandNode, CompoundList, For, If, PipelineNode, Select, Statement, While } from 'unbash'
import type { Guard, Word } from '../types.ts'
import { readWord, wordOf } from '../word.ts'
import { alwaysTrue, failingOf } from './ending.ts'
import {
  type End,
  escapeBy,
  type Flow,
  guardOf,
  leave,
  matters,
  subshell,
  type WalkedRun,
  type WalkedShell,
} from './flow.ts'
import { walkAndOr, walkPipeline, walkStatements } from './lists.ts'
import { setVariable, walkQuestion, walkSimple } from './simple.ts'
import { redirectsOf, walkSubstitutions } from './substitution.ts'

/** Runs any node, and tells how it ends the shell where it surely does. */
export function walkNode(
  node: PipelineNode | AndOr | CompoundList,
  flow: Flow,
  shell: WalkedShell,
  run: WalkedRun,
): End {
  switch (node.type) {
    case 'Command':
      return walkSimple(node, flow, shell, run)
    case 'AndOr':
      return walkAndOr(node, flow, shell, run)
    case 'Pipeline':
      return walkPipeline(node, flow, shell, run)
    case 'CompoundList':
      return walkStatements(node.commands, flow, shell, run)
    case 'BraceGroup':
      return walkStatements(node.body.commands, flow, shell, run)
    case 'Redirected': {
      for (const redirect of node.redirects) walkSubstitutions(redirect, false, flow, shell, run)
      const redirects = [...flow.redirects, ...redirectsOf(flow.region, node.redirects)]
      return walkNode(node.command, { ...flow, redirects }, shell, run)
    }
    case 'Subshell': {
      const [inner, child] = subshell(flow, shell, run, matters(flow, shell))
      walkStatements(node.body.commands, inner, child, run)
      return undefined
    }
    case 'If':
      return walkIf(node, flow, shell, run)
    case 'Case':
      return walkCase(node, flow, shell, run)
    case 'While':
      return walkWhile(node, flow, shell, run)
    case 'For':
    case 'Select':
      return walkFor(node, flow, shell, run)
    case 'ArithmeticFor':
      walkStatements(node.body.commands, { ...flow, maybe: true, afterFailure: false }, shell, run)
      return undefined
    case 'TestCommand':
    case 'ArithmeticCommand':
      return walkQuestion(node, flow, shell, run)
    case 'Function':
      shell.functions.set(node.name.value, { node, region: flow.region })
      run.functions.push({ name: node.name.value, span: flow.region.at(node.pos, node.end) })
      return undefined
    case 'Coproc': {
      const [inner, child] = subshell(flow, shell, run, false)
      walkNode(node.body, { ...inner, background: true }, child, run)
      return undefined
    }
  }
}

/** One way that a branching command can go. */
interface ShellBranch {
  readonly guards: readonly Guard[]
  readonly body: readonly Statement[]
}

function walkIf(node: If, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const branches: ShellBranch[] = []
  const past: Guard[] = []
  for (const { clause, then, pos } of [node, ...node.elif]) {
    const begin = run.commands.length
    const open = { ...flow, guards: [...flow.guards, ...past], maybe: flow.maybe || past.length > 0 }
    const refused = isNegated(clause) ? then : node.elif.length === 0 ? node.else : undefined
    const status = flow.abort && refused !== undefined && failingOf(refused, shell.functions) === 'shell'
    const end = walkCondition(clause, { ...open, status }, shell, run)
    if (end && past.length === 0) return end
    const commands = run.commands.slice(begin)
    const from = clause.commands.length > 0 ? clause.pos : pos
    const guard = guardOf('if', false, flow.region, from, Math.max(from, clause.end), { commands })
    branches.push({ guards: [...past, guard], body: then.commands })
    if (past.length < mostPast) past.push({ ...guard, negated: true })
  }
  if (node.else) branches.push({ guards: past, body: node.else.commands })
  return walkBranches(branches, node.else !== undefined, flow, shell, run)
}

const mostPast = 16

/** Runs a condition; `status` of the flow: whether the script fails where what it asks for has failed. */
function walkCondition(clause: CompoundList, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const inner = { ...flow, suppressed: true, condition: true, afterFailure: false }
  const asked = inner.status && isNegated(clause) ? negatedOf(clause) : undefined
  return asked ? walkNode(asked, inner, shell, run) : walkStatements(clause.commands, inner, shell, run)
}

/** The command of a condition that is nothing but `! command`. */
function negatedOf({ commands: [only, more] }: CompoundList): CommandNode | undefined {
  const node = only?.command
  if (more || node?.type !== 'Pipeline' || node.prefixes.length !== 1 || node.commands.length !== 1) return undefined
  return node.prefixes[0]?.type === 'Negation' ? node.commands[0] : undefined
}

const isNegated = (clause: CompoundList): boolean => negatedOf(clause) !== undefined

function walkCase(node: Case, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const { region } = flow
  const subject = readWord(region, node.word)
  walkSubstitutions(node.word, false, flow, shell, run)
  const earlier: Word[] = []
  // A branch that `;&` falls into may be taken although another one is.
  const falls = node.items.some(({ terminator }) => terminator !== undefined && terminator !== ';;')
  const branches = node.items.map((item): ShellBranch => {
    const patterns = item.pattern.map((pattern) => readWord(region, pattern))
    const [start, end] = [item.pattern[0]?.pos ?? item.pos, item.pattern.at(-1)?.end ?? item.pos]
    const asked = falls ? { patterns } : { subject, patterns, earlier: [...earlier] }
    earlier.push(...patterns)
    return { guards: [guardOf('case', false, region, start, end, asked)], body: item.body.commands }
  })
  const exhaustive = node.items.some((item) => item.pattern.some((pattern) => pattern.text === '*'))
  return walkBranches(branches, exhaustive, flow, shell, run)
}

/** Runs every branch as one that may be taken; the only one that does not end in a failure is taken for sure. */
function walkBranches(
  branches: readonly ShellBranch[],
  exhaustive: boolean,
  flow: Flow,
  shell: WalkedShell,
  run: WalkedRun,
): End {
  const { functions } = shell
  const lives = (branch: ShellBranch) => !branch.body.some((statement) => failingOf(statement, functions) === 'shell')
  const only = exhaustive && flow.abort && branches.filter(lives).length === 1
  const ends: [Guard | undefined, End][] = []
  for (const branch of branches) {
    const inner: Flow = {
      ...flow,
      maybe: flow.maybe || !(only && lives(branch)),
      guards: [...flow.guards, ...branch.guards],
      afterFailure: false,
    }
    ends.push([branch.guards.at(-1), walkStatements(branch.body, inner, shell, run)])
  }
  const end = exhaustive ? commonEnd(ends.map(([, one]) => one)) : undefined
  for (const [guard, one] of ends) if (one?.leaves !== end?.leaves) escapeBy(shell, guard, one)
  return end
}

/** What all branches surely leave, the least of it; undefined where one of them goes on. */
function commonEnd(ends: readonly End[]): End {
  const leaves = new Set(ends.map((end) => end?.leaves))
  if (leaves.size === 0 || leaves.has(undefined)) return undefined
  const least = leaves.has('loop') ? 'loop' : leaves.has('function') ? 'function' : 'shell'
  return { leaves: least, fails: ends.every((end) => end?.fails) }
}

function walkWhile(node: While, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  const begin = run.commands.length
  // A loop that nothing leaves before its command has succeeded.
  const waits =
    isNegated(node.clause) === (node.kind === 'while') &&
    !leavesEarly.test(flow.region.text.slice(node.body.pos, node.body.end))
  const end = walkCondition(node.clause, { ...flow, status: waits }, shell, run)
  if (end) return end
  const endless = node.kind === 'while' && alwaysTrue(node.clause)
  const { clause } = node
  const commands = run.commands.slice(begin)
  const guard = guardOf(node.kind, node.kind === 'until', flow.region, clause.pos, clause.end, { commands })
  return walkLoop(node.body, guard, endless, flow, shell, run)
}

const leavesEarly = /\b(break|return|exec)\b|\bexit\b(?!\s+["']?[1-9])/

function walkFor(node: For | Select, flow: Flow, shell: WalkedShell, run: WalkedRun): End {
  for (const word of node.wordlist ?? []) walkSubstitutions(word, false, flow, shell, run)
  const words = (node.wordlist ?? []).map((word) => readWord(flow.region, word))
  const end = node.wordlist?.at(-1)?.end ?? node.name.end
  const guard = guardOf('for', false, flow.region, node.name.pos, end, { patterns: words })
  const certain = node.type === 'For' && words.some((word) => Boolean(word.literal))
  if (!certain || words.some((word) => word.literal === undefined) || words.length * run.repeats > mostRepeats) {
    const at = flow.region.at(node.name.pos, end)
    const one = wordOf(at, guard.text, [{ kind: 'other', span: at, text: guard.text, quoted: true }])
    setVariable(node.name.text, one, flow, shell, run)
    return walkLoop(node.body, guard, certain, flow, shell, run)
  }
  run.repeats *= words.length
  for (const [index, word] of words.entries()) {
    const status = flow.status && index === words.length - 1
    setVariable(node.name.text, word, flow, shell, run)
    walkLoop(node.body, guard, true, { ...flow, status }, shell, run)
  }
  run.repeats /= words.length
  return undefined
}

const mostRepeats = 64

/** The body of a loop, once; `certain` where it is entered for sure. */
function walkLoop(
  body: CompoundList,
  guard: Guard,
  certain: boolean,
  flow: Flow,
  shell: WalkedShell,
  run: WalkedRun,
): End {
  const guards = certain ? flow.guards : [...flow.guards, guard]
  const inner = { ...flow, guards, maybe: flow.maybe || !certain, loop: true, afterFailure: false }
  const before = shell.escapes
  const end = walkStatements(body.commands, inner, shell, run)
  leave('loop', shell, before)
  if (end?.leaves !== 'loop') escapeBy(shell, guard, end)
  return undefined
}
