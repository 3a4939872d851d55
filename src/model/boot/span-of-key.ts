import type { Span } from '../../text/source.ts'
import type { Boot } from './boot.ts'
import { isScript, placeOf, trailOf } from './trail.ts'

/** Where the value of a key of the config was given, or the key above it. */
export function spanOfKey(boot: Boot, path: readonly string[]): Span | undefined {
  for (let length = path.length; length > 1; length -= 1) {
    const part = path.slice(0, length)
    const own = boot.writes.findLast((write) => part.every((key, index) => write.path[index] === key))
    const value = boot.at(...part)
    const script = value && trailOf(value).find((label) => isScript(label.span.source.path))
    if (own) return own.span
    if (value) return script?.span ?? placeOf(trailOf(value))?.span
  }
  return undefined
}
