import { maskingOf } from '../masking/masking.ts'
import { type Shown, showProblem } from '../masking/shown.ts'
import type { Problem } from '../text/diagnostic.ts'
import { placeName } from '../text/source.ts'

/** What was asked for, or why it cannot be had. */
export type Result<T> = Done<T> | Wrong

/** What was asked for. */
export interface Done<T> {
  readonly kind: 'done'
  readonly value: T
}

/** Why something cannot be had. Nothing in it is secret. */
export interface Wrong {
  readonly kind: 'wrong'
  /** `call`: what was asked for is not there, or makes no sense. `unreadable`: it is there, and cannot be read. */
  readonly cause: 'call' | 'unreadable'
  /** A sentence without a full stop; where there are `problems`, it is made of them. */
  readonly message: string
  /** What is wrong in files that are ours, such as the settings. Their paths are those that the user sees. */
  readonly problems?: readonly Shown<Problem>[]
}

/** Gives what was asked for. */
export const done = <T>(value: T): Done<T> => ({ kind: 'done', value })

/** Says that the call is wrong. */
export const wrong = (message: string): Wrong => ({ kind: 'wrong', cause: 'call', message })

/** Says that something is there and cannot be read. */
export const closed = (message: string): Wrong => ({ kind: 'wrong', cause: 'unreadable', message })

/** Says that files of ours are wrong. `shown` gives the path that the user sees. */
export function wrongIn(problems: readonly Problem[], shown: (path: string) => string): Wrong {
  const masked = problems.map((problem) => {
    const { source, start, end } = problem.span
    const seen = { path: shown(source.path), text: source.text }
    return showProblem({ ...problem, span: { source: seen, start, end } }, maskingOf({ sources: [seen], spans: [] }))
  })
  return {
    ...wrong(masked.map(({ span, message }) => `${placeName(span)}: ${message}`).join('; ')),
    problems: masked,
  }
}
