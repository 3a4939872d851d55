import type { Command } from 'unbash'
import { known } from '../../../text/known.ts'
import type { Word } from '../types.ts'
import { walkNode } from './compound.ts'
import { type Defined, type End, type Flow, leave, matters, type WalkedRun, type WalkedShell } from './flow.ts'
import { redirectsOf } from './substitution.ts'

/** Runs the body of a function where it is called. `words` are those of the call, its name first. */
export function callFunction(
  called: Defined,
  node: Command,
  words: readonly Word[],
  flow: Flow,
  shell: WalkedShell,
  run: WalkedRun,
): End {
  const name = called.node.name.value
  const span = flow.region.at(node.pos, node.end)
  const counts = matters(flow, shell)
  const inner: Flow = {
    ...flow,
    region: called.region,
    status: counts,
    returns: counts,
    loop: false,
    afterFailure: false,
    calls: [...flow.calls, { span, text: `calls \`${name}\`` }],
    redirects: [...redirectsOf(flow.region, node.redirects), ...flow.redirects],
  }
  const { positional, escapes } = shell
  shell.positional = { words: known(words.slice(1)), outer: positional }
  run.calling.add(name)
  run.budget--
  const end = walkNode(called.node.body, inner, shell, run)
  run.calling.delete(name)
  shell.positional = positional
  leave('function', shell, escapes)
  return end?.leaves === 'shell' ? end : undefined
}
