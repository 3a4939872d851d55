import { type Source, type Span, span } from '../../text/source.ts'

/** A package as mix.lock has it. */
export interface LockedPackage {
  readonly name: string
  /** Undefined for one that is fetched by git. */
  readonly version: string | undefined
  /** The address of its repository; undefined for one of Hex. */
  readonly git: string | undefined
  /** The packages that come along with it; what a package of git needs is not in a lock. */
  readonly needs: readonly string[]
  readonly span: Span
}

/** The packages of a mix.lock by name (Mix.Dep.Lock; Hex.Mix for what stands in an entry of Hex). */
export function lockedPackages(source: Source | undefined): ReadonlyMap<string, LockedPackage> {
  const entries = source?.text.matchAll(/^[ \t]*"?(\w+)"?:\s*\{:(hex|git),\s*(?::\w+,\s*)?"([^"\n]*)"(.*)$/gm) ?? []
  return new Map(
    [...entries].flatMap((found): [string, LockedPackage][] => {
      const [whole, name = '', kind, value = '', rest = ''] = found
      if (source === undefined) return []
      const isHex = kind === 'hex'
      const needs = [...rest.matchAll(/\{:(\w+),\s*"[^"]*",\s*\[[^\]]*\boptional:\s*false/g)].map(([, one = '']) => one)
      const start = found.index + whole.indexOf(name)
      const place = span(source, start, start + name.length)
      const version = isHex ? value : undefined
      return [[name, { name, version, git: isHex ? undefined : value, needs, span: place }]]
    }),
  )
}
