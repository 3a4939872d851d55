import { type Known, unknown, unset } from '../../text/known.ts'
import { expandKnown, type KnownLookup } from './expand.ts'
import type { ArgInstruction, Dockerfile, Pair } from './types.ts'

/** Build arguments that are given from outside, by name. What is `unset` counts as not given. */
export type BuildArgs = ReadonlyMap<string, Known<string>>

export const noBuildArgs: BuildArgs = new Map()

/** Variables that BuildKit gives a value to by itself; a stage sees them after a bare `ARG`. */
const automatic = new Set(
  ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT']
    .flatMap((part) => [`TARGET${part}`, `BUILD${part}`])
    .concat('TARGETSTAGE'),
)

/** The build argument `name`, if it is given. */
function givenArg(buildArgs: BuildArgs, name: string): Known<string> | undefined {
  const given = buildArgs.get(name)
  return given?.kind === 'unset' ? undefined : given
}

/** The value that `pair` of an ARG gives to its name: the build argument or else its default; undefined for neither. */
export function valueOfArg(
  pair: Pair,
  buildArgs: BuildArgs,
  lookup: KnownLookup,
  dockerfile: Pick<Dockerfile, 'escape'>,
): Known<string> | undefined {
  const given = givenArg(buildArgs, pair.name)
  const label = {
    span: pair.span,
    text: given ? `\`${pair.name}\` is declared here and given to the build` : `\`${pair.name}\` has this default`,
  }
  if (given) return { ...given, trail: [...given.trail, label] }
  if (pair.value === undefined) return undefined
  const value = expandKnown(pair.value, lookup, dockerfile.escape)
  return { ...value, trail: [...value.trail, label] }
}

const caches = new WeakMap<readonly ArgInstruction[], WeakMap<BuildArgs, KnownLookup>>()

/** The variables that FROM sees: ARGs before the first FROM, and those that BuildKit gives by itself. */
export function globalVariables(dockerfile: Dockerfile, buildArgs: BuildArgs = noBuildArgs): KnownLookup {
  const cache = caches.get(dockerfile.globalArgs) ?? new WeakMap<BuildArgs, KnownLookup>()
  caches.set(dockerfile.globalArgs, cache)
  const found = cache.get(buildArgs)
  if (found) return found
  const values = new Map<string, Known<string>>()
  const lookup = (name: string): Known<string> => {
    const value = values.get(name)
    if (value) return value
    if (!automatic.has(name)) return unset()
    return givenArg(buildArgs, name) ?? unknown(`\`${name}\` depends on the machine that builds`)
  }
  for (const instruction of dockerfile.globalArgs) {
    for (const pair of instruction.pairs) {
      const value = valueOfArg(pair, buildArgs, lookup, dockerfile)
      if (value) values.set(pair.name, value)
      else if (!automatic.has(pair.name) && !values.has(pair.name))
        values.set(pair.name, unset([{ span: pair.span, text: `\`${pair.name}\` is declared here without a value` }]))
    }
  }
  cache.set(buildArgs, lookup)
  return lookup
}
