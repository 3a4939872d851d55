import { type Known, known, unknown, unset } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import type { Lookup } from '../stage-files/step.ts'

/** Variables, with those that are given in place of what they are. */
export const withGiven =
  (lookup: Lookup, given: ReadonlyMap<string, string | undefined>): Lookup =>
  (name) => {
    if (!given.has(name)) return lookup(name)
    const value = given.get(name)
    return value === undefined ? unset() : known(value)
  }

/** Variables, where what is not set might be. */
export const undecided =
  (lookup: Lookup): Lookup =>
  (name) => {
    const value = lookup(name)
    return value.kind === 'unset' ? unknown('nobody in view sets it', value.trail) : value
  }

/** Files as they are in view: what may come from elsewhere is not there. */
export const inView =
  (files: (path: string) => Known<Source>) =>
  (path: string): Known<Source> => {
    const file = files(path)
    return file.kind === 'unknown' ? unset() : file
  }

/** Variables with a value, as texts. */
export const knownIn = (variables: ReadonlyMap<string, Known<string>>): ReadonlyMap<string, string> =>
  new Map([...variables].flatMap(([name, value]) => (value.kind === 'known' ? [[name, value.value] as const] : [])))
