import type { Label } from './diagnostic.ts'

/** A place that a value comes from. */
export interface TrailLabel extends Label {
  /** The variable of the environment that is read here. */
  readonly reads?: string
  /** What stands there counts no longer: another file, or a later line, says otherwise. */
  readonly overridden?: true
  /** Whoever could give the value stands there, and does not. */
  readonly isLacking?: true
  /** It stands in a branch of a shell script, and what is set elsewhere decides that it counts. */
  readonly inBranch?: true
  readonly decides?: Decides
}

/**
 * What a place of data has to do with a value that it decided. `chose`: what is set there asked for just this value.
 * `around`: for a whole block of which the value is a part. `left`: it asked for nothing else, so that this was left.
 */
export type Decides = 'chose' | 'around' | 'left'

/** A place as one that decided a value, and has no other part in it. */
export const deciding = (label: TrailLabel, asks: boolean): TrailLabel => ({
  ...label,
  decides: label.decides ?? (asks ? 'chose' : 'left'),
})

/** What we know of a value: the value, that it is not set, or that we cannot know and why; and how we know it. */
export type Known<T> =
  | { readonly kind: 'known'; readonly value: T; readonly trail: readonly TrailLabel[] }
  | { readonly kind: 'unset'; readonly trail: readonly TrailLabel[] }
  | Unknown

/** That something cannot be known, why, and the places that lead there. */
export interface Unknown {
  readonly kind: 'unknown'
  readonly why: string
  readonly trail: readonly TrailLabel[]
  /** There surely is a value, whatever it is. */
  readonly isSet?: true
  /** A file in view that is asked for it lacks it: nobody sets it, unless somebody out of view does. */
  readonly isLacking?: true
  /** The text as far as it is known, with `gap` for each part that is not. */
  readonly partial?: string
}

/** Stands in a text for a part that cannot be known. */
export const gap = '\ufffc'

/** A value that is there, in other words. */
export const mapKnown = <T, U>(value: Known<T>, change: (one: T) => U): Known<U> =>
  value.kind === 'known' ? { ...value, value: change(value.value) } : value

/** The answer to a question, where it is known. */
export type Maybe = 'yes' | 'no' | Unknown

/** An answer that is known. */
export const yesOrNo = (answer: boolean): Maybe => (answer ? 'yes' : 'no')
/** The opposite of an answer. */
export const not = (answer: Maybe): Maybe => (answer === 'yes' ? 'no' : answer === 'no' ? 'yes' : answer)
/** What several answers come to: the one that all of them are, else that it is not known. */
export function agreed(answers: readonly Maybe[], why: string): Maybe {
  const [first = 'no'] = answers
  return typeof first === 'string' && answers.every((one) => one === first) ? first : unknown(why)
}

/** A value, and how we know it. */
export const known = <T>(value: T, trail: readonly TrailLabel[] = []): Known<T> => ({ kind: 'known', value, trail })
/** That nothing sets it. */
export const unset = (trail: readonly TrailLabel[] = []): Known<never> => ({ kind: 'unset', trail })
/** That it cannot be known, and why. */
export const unknown = (why: string, trail: readonly TrailLabel[] = []): Unknown => ({ kind: 'unknown', why, trail })
/** The longest text in UTF-16 units that is kept of a value which is known in part. */
export const longestPartial = 4_000
/** That a text is known in part: `text` has `gap` where it is not. */
export const knownInPart = (text: string, why: string, trail: readonly TrailLabel[] = []): Unknown =>
  text.length > longestPartial || text.replaceAll(gap, '') === ''
    ? unknown(why, trail)
    : { ...unknown(why, trail), partial: text }

/** The longest value in UTF-16 units that is followed: Linux hands no program a longer one (execve(2), MAX_ARG_STRLEN). */
export const longestValue = 131_072
/** That a value is longer than that. */
export const tooLong = (trail: readonly TrailLabel[] = []): Known<never> =>
  unknown('the value is too long for any program', trail)
