import { findOpen, resolveAll } from '../../languages/elixir/values/one-of.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { type Known, type Maybe, unknown, yesOrNo } from '../../text/known.ts'

/** Why an app stops when it starts. */
export interface Stop {
  readonly reason: StopReason
  /** The key of the config that is at fault, from the application on. */
  readonly path: readonly string[]
}

export type StopReason =
  | { readonly kind: 'raised'; readonly exception: string; readonly message: string }
  /** Ecto takes no such URL of a database; `flaw` says why, where its exception does. */
  | { readonly kind: 'database-url'; readonly exception: string; readonly message: string; readonly flaw?: string }
  /** Logger knows no such level, as Elixir prints it. */
  | { readonly kind: 'log-level'; readonly level: string }

/** As Elixir prints it: `(ArgumentError) …`. */
export const stopMessage = (reason: StopReason): string =>
  reason.kind === 'log-level'
    ? `Logger does not start: {:invalid_level, ${reason.level}}`
    : `(${reason.exception}) ${reason.message}`

/** What comes of a config: something, a stop of the app, or what cannot be known. */
export type Made<T> =
  | { readonly kind: 'made'; readonly value: T }
  | { readonly kind: 'stop'; readonly stop: Stop }
  | { readonly kind: 'unknown'; readonly why: string }

export const made = <T>(value: T): Made<T> => ({ kind: 'made', value })
/** That the start stops here, and the path of the key that stops it. */
export const stop = (reason: StopReason, ...path: readonly string[]): Made<never> => ({
  kind: 'stop',
  stop: { reason, path },
})
/** That the start stops here by an exception. */
export const raised = (exception: string, message: string, ...path: readonly string[]): Made<never> =>
  stop({ kind: 'raised', exception, message }, ...path)
/** That it cannot be known what is made of it. */
export const unknownMade = (why: string): Made<never> => ({ kind: 'unknown', why })

/** What comes of a config whose values are not all known: every different outcome. One of it is certain. */
export type Outcomes<T> = readonly Made<T>[]

const mostBranches = 128

/** What `make` gives for every way in which the open choices of `value` may go. It sees no `oneOf`. */
export function onEveryBranch<T>(value: Value, make: (closed: Value) => Made<T>): Outcomes<T> {
  const found = new Map<string, Made<T>>()
  let branches = 0
  const visit = (one: Value, decided: ReadonlyMap<string, number>): void => {
    if (branches >= mostBranches) return
    const open = findOpen(one)
    if (open?.kind !== 'oneOf') {
      branches += 1
      const outcome = make(one)
      found.set(JSON.stringify(outcome), outcome)
      return
    }
    for (const index of open.values.keys()) {
      const next = new Map([...decided, [open.choice.key, index]])
      visit(resolveAll(next, one), next)
    }
  }
  visit(value, new Map())
  if (branches < mostBranches) return [...found.values()]
  return [...found.values(), unknownMade('it depends on too much that is not known')]
}

/** The one outcome that is certain, if there is one. */
function certainOf<T>(outcomes: Outcomes<T>): Exclude<Made<T>, { kind: 'unknown' }> | undefined {
  const [first, ...more] = outcomes
  return first === undefined || more.length > 0 || first.kind === 'unknown' ? undefined : first
}

/** What certainly comes of it; not known where the app stops. */
export function resultOf<T>(outcomes: Outcomes<T>): Exclude<Known<T>, { kind: 'unset' }> {
  const certain = certainOf(outcomes)
  if (certain?.kind === 'made') return { kind: 'known', value: certain.value, trail: [] }
  const open = outcomes.find((outcome) => outcome.kind === 'unknown')
  return unknown(open?.why ?? (certain ? 'the app stops at its start' : 'it is not the same in all cases'))
}

/** The certain answer to a question. */
export function answerOf(outcomes: Outcomes<boolean>): Maybe {
  const answer = resultOf(outcomes)
  return answer.kind === 'known' ? yesOrNo(answer.value) : answer
}

/** An answer as what comes of a config. */
export const madeOf = (answer: Maybe): Made<boolean> =>
  typeof answer === 'string' ? made(answer === 'yes') : unknownMade(answer.why)

/** The stops among the outcomes, and whether one of them is certain. */
export function stopsOf<T>(outcomes: Outcomes<T>): readonly (Stop & { readonly certain: boolean })[] {
  const stops = outcomes.flatMap((outcome) => (outcome.kind === 'stop' ? [outcome.stop] : []))
  const certain = stops.length > 0 && stops.length === outcomes.length
  return stops.map((one) => ({ ...one, certain }))
}
