import { inspectValue } from '../../languages/elixir/values/inspect.ts'
import { isNil } from '../../languages/elixir/values/value.ts'
import type { Boot, BootRead } from '../boot/boot.ts'
import { given, without } from './boots.ts'
import { trials } from './crashes.ts'

/**
 * Whether a start goes on as if the variable had a value, although it is set to nothing: it configures what it does with
 * some value, and not what it does without one. A value that is only handed on is no such way.
 */
export function passesForValue(boot: Boot, { name }: BootRead): boolean {
  const unset = without(boot, name)
  if (unset === undefined) return false
  const now = waysOf(boot, '')
  const bare = waysOf(unset, '')
  const isHandedOn = ([key, { text }]: readonly [string, ConfigPart]) => {
    const other = bare.get(key)
    return other?.text === text || (other?.isNil && text === '""')
  }
  if (bare.size === now.size && [...now].every(isHandedOn)) return false
  return trials.some((trial) => {
    const other = trial === undefined ? undefined : given(boot, name, trial)
    return trial !== undefined && other?.settled === true && isSame(now, waysOf(other, trial))
  })
}

const isSame = (some: ConfigParts, other: ConfigParts): boolean =>
  some.size === other.size && [...some].every(([key, { text }]) => other.get(key)?.text === text)

/** By key and place. */
type ConfigParts = ReadonlyMap<string, ConfigPart>

/** One `config` call's part in a key. */
interface ConfigPart {
  /** The value, without the text of the variable. */
  readonly text: string
  readonly isNil: boolean
}

/** What other rules tell of: a host that is nothing, a server that a text turns on. */
const ofOthers = /\.(host|server)$/

/** What a start configures, and where. */
function waysOf({ writes, versions }: Boot, own: string): ConfigParts {
  return new Map(
    writes.flatMap(({ path, value, span, during }) => {
      if (during !== 'boot' || ofOthers.test(path.join('.'))) return []
      const key = `${path.join('.')} ${span.source.path}:${span.start}`
      const text = inspectValue(value, versions.elixir)
      return [[key, { text: own === '' ? text : text.replaceAll(own, ''), isNil: isNil(value) }]]
    }),
  )
}
