import type { Label } from '../../text/diagnostic.ts'
import { type Known, unknown, unset } from '../../text/known.ts'
import type { Lookup } from '../build/step.ts'

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

/** The environment of a container: what it is given at its start goes before what the image has. */
export function environmentOf(
  image: Lookup,
  imageNames: readonly string[],
  given: ReadonlyMap<string, Known<string>>,
  closed: { readonly is: boolean; readonly why: string; readonly trail: readonly Label[] },
): Environment {
  const names = [...new Set([...imageNames, ...given.keys()])].sort()
  return {
    names,
    closed: closed.is,
    why: closed.why,
    get(name) {
      const value = given.get(name)
      if (value && value.kind !== 'unset') return value
      const inherited = image(name)
      if (inherited.kind === 'known') return inherited
      return closed.is ? unset(value?.trail ?? closed.trail) : unknown(closed.why)
    },
  }
}
