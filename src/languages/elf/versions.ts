import type { ElfBytes } from './bytes.ts'

const mostVersions = 4096

/** `.gnu.version_r`: for each library the versions that must be there. */
export function requiredVersions(
  bytes: ElfBytes,
  offset: number,
  count: number,
  strings: number,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  if (offset < 0 || strings < 0) return found
  let left = mostVersions
  let at = offset
  for (let index = 0; index < count && left > 0; index++) {
    const versions: string[] = []
    let part = at + bytes.number(at + 8, 4)
    for (let number = bytes.number(at + 2, 2); number > 0 && left > 0; number--, left--) {
      const isWeak = (bytes.number(part + 4, 2) & 2) !== 0
      if (!isWeak) versions.push(bytes.text(strings + bytes.number(part + 8, 4)))
      const next = bytes.number(part + 12, 4)
      if (next === 0) break
      part += next
    }
    found.set(bytes.text(strings + bytes.number(at + 4, 4)), versions)
    const next = bytes.number(at + 12, 4)
    if (next === 0) break
    at += next
    left--
  }
  return found
}

/** `.gnu.version_d`: the versions that a library has, its own name among them. */
export function providedVersions(bytes: ElfBytes, offset: number, count: number, strings: number): readonly string[] {
  const found: string[] = []
  if (offset < 0 || strings < 0) return found
  let at = offset
  for (let index = 0; index < Math.min(count, mostVersions); index++) {
    found.push(bytes.text(strings + bytes.number(at + bytes.number(at + 12, 4), 4)))
    const next = bytes.number(at + 16, 4)
    if (next === 0) break
    at += next
  }
  return found
}
