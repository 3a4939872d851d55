import { hidden } from '../../text/damage.ts'
import { type Known, unknown, unset } from '../../text/known.ts'
import type { Completeness } from '../services/service.ts'
import type { Lookup } from '../stage-files/step.ts'

/** The environment that a container starts with. */
export interface Environment {
  readonly get: Lookup
  /** Names that the image or the service gives, sorted. */
  readonly names: readonly string[]
  /** Whether what is not given is surely unset: everything that could give it is in view. */
  readonly closed: boolean
  /** What is not in view where it is not closed. */
  readonly why: string
}

/** The name of a container for itself, which Docker makes of its id and gives it as `HOSTNAME`. */
export const ofContainer = { ...unknown('Docker gives each container a name of its own'), isSet: true } as const

/**
 * The environment of a container: what it is given at its start goes before what the image has. `provided` are the
 * variables of the platform: they hold where nothing in view says more.
 */
export function environmentOf(
  image: Lookup,
  imageNames: readonly string[],
  given: ReadonlyMap<string, Known<string>>,
  closed: Completeness,
  provided: ReadonlyMap<string, Known<string>> = new Map(),
): Environment {
  const names = [...new Set([...imageNames, ...given.keys(), ...provided.keys()])].sort()
  return {
    names,
    closed: closed.is,
    why: closed.why,
    get(name) {
      const value = given.get(name)
      const own = provided.get(name)
      if (value && value.kind !== 'unset') return own && value.kind === 'unknown' ? own : value
      const inherited = image(name)
      // Where the service cannot be read to its end, it may give another value.
      if (inherited.kind === 'known' && !closed.unread) return inherited
      if (own) return own
      if (inherited.kind === 'unknown' && inherited.isSet) return inherited
      if (name === 'HOSTNAME') return ofContainer
      if (closed.unread) return hidden(closed.unread)
      if (closed.always?.test(name)) return { ...unknown('the platform gives it'), isSet: true }
      return closed.is || closed.never?.has(name) ? unset(value?.trail ?? closed.trail) : unknown(closed.why)
    },
  }
}
