import { moduleName } from '../../languages/elixir/syntax/module-name.ts'
import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { isKeyword, keywordGetValue, pairKey } from '../../languages/elixir/values/map.ts'
import type { Value } from '../../languages/elixir/values/value.ts'
import { sameSpan } from '../../text/source.ts'
import type { Boot, BootRead } from '../boot/boot.ts'
import { trailOf } from '../boot/trail.ts'

/** Values that most code takes: one of them shows which key would be another if the build had the variable. */
const trials = ['docker-gotchas', '4711', 'true', 'https://a.test/b', 'warning']

/** Those of `reads` that may change the config: where it stays the same with all of them set, none does. */
export function suspects(boot: Boot, reads: readonly BootRead[]): readonly BootRead[] {
  if (reads.length < 2) return reads
  const changeNothing = trials.every((trial) => {
    const other = boot.givenAtBuild(new Map(reads.map(({ name }) => [name, trial])))
    return other?.build?.outcome.kind === 'ok' && differences(boot.config, other.config).length === 0
  })
  if (changeNothing) return []
  const middle = reads.length >> 1
  return [...suspects(boot, reads.slice(0, middle)), ...suspects(boot, reads.slice(middle))]
}

/** The keys whose values at the start depend on what the build had, as paths. */
export function frozenKeys(boot: Boot, read: BootRead): readonly (readonly string[])[] {
  for (const trial of trials) {
    const other = boot.givenAtBuild(new Map([[read.name, trial]]))
    if (other?.build?.outcome.kind !== 'ok') continue
    const paths = differences(boot.config, other.config)
    if (paths.length > 0) return paths
  }
  return []
}

/** The read of a variable in the build that the key at `path` comes from: several keys may read the same one. */
export function readOf(path: readonly string[], read: BootRead, boot: Boot): BootRead {
  const value = boot.at(...path)
  const trail = value ? trailOf(value) : []
  return (
    boot.reads.findLast(
      ({ name, during, span }) =>
        name === read.name && during === 'build' && trail.some((label) => sameSpan(label.span, span)),
    ) ?? read
  )
}

/** The paths of the values in which two configs differ. */
function differences(one: Value, other: Value): readonly (readonly string[])[] {
  if (isKeyword(one) && isKeyword(other)) {
    return [...new Set([...one.items, ...other.items].flatMap((item) => pairKey(item) ?? []))].flatMap((key) => {
      const [left, right] = [keywordGetValue(one, key), keywordGetValue(other, key)]
      if (left === undefined || right === undefined) return left === right ? [] : [[key]]
      return differences(left, right).map((inside) => [key, ...inside])
    })
  }
  return inspectValue(one, '1.18.4') === inspectValue(other, '1.18.4') ? [] : [[]]
}

/** `Shop.Mailer.api_key` of `:shop`. */
export const keyName = (path: readonly string[]) =>
  path
    .slice(path.length > 1 ? 1 : 0)
    .map(moduleName)
    .join('.')
