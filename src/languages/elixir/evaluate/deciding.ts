import type { TrailLabel } from '../../../text/known.ts'
import { decidedBy, decidingBy, ofBlock } from '../values/decision.ts'
import type { Value } from '../values/value.ts'
import type { Machine } from './machine.ts'

/** Notes that the script asks about a value, to choose its way. */
export function ask(machine: Machine, value: Value, asks: boolean): void {
  if (value.trail || value.kind === 'tuple' || value.kind === 'list') machine.asked.push(...decidingBy([value], asks))
}

/** What `run` gives, and the places that it asked about. */
export function asking<T>(
  machine: Machine,
  run: () => T,
): { readonly answer: T; readonly labels: readonly TrailLabel[] } {
  const from = machine.asked.length
  try {
    const answer = run()
    return { answer, labels: machine.asked.slice(from) }
  } finally {
    machine.asked.length = Math.min(machine.asked.length, from)
  }
}

/** Runs the code of a branch that these places decided: what it gives and what it configures come from them as well. */
export const under = (machine: Machine, labels: readonly TrailLabel[], run: () => Value): Value =>
  labels.length === 0 ? run() : configuring(machine, labels, () => decidedBy(run(), labels))

/** Runs code that these places decided: what it configures comes from them as well. */
export function configuring<T>(machine: Machine, labels: readonly TrailLabel[], run: () => T): T {
  const around = machine.deciding
  machine.deciding = [...around, ...labels.map(ofBlock)]
  try {
    return run()
  } finally {
    machine.deciding = around
  }
}
