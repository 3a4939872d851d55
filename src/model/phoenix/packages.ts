import { posix } from 'node:path'
import type { Tree } from '../../files/tree.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import type { MixApp } from './mix.ts'

/** The packages that an app's scripts import, as its package.json says. */
export interface NeededPackages {
  readonly source: Source
  /** Names of `dependencies` that come from a registry; one at least. */
  readonly names: readonly string[]
  /** The key `dependencies`. */
  readonly span: Span
}

/** The packages of `assets/package.json` of an app, without those that lie in `deps/`; undefined where there are none. */
export function neededPackages(tree: Tree, { folder }: MixApp): NeededPackages | undefined {
  const path = posix.join(folder, 'assets/package.json')
  const source = tree.sources.find((one) => one.path === path)
  const names = source === undefined ? [] : registryPackages(source.text)
  if (source === undefined || names.length === 0) return undefined
  const at = Math.max(source.text.indexOf('"dependencies"'), 0)
  return { source, names, span: span(source, at, at + '"dependencies"'.length) }
}

function registryPackages(text: string): readonly string[] {
  try {
    const manifest: unknown = JSON.parse(text)
    const listed =
      typeof manifest === 'object' && manifest !== null && 'dependencies' in manifest && manifest.dependencies
    if (typeof listed !== 'object' || listed === null) return []
    return Object.entries(listed).flatMap(([name, version]) =>
      typeof version !== 'string' || /^(file|link|portal|workspace):|^\.{0,2}\//.test(version) || /^phoenix/.test(name)
        ? []
        : [name],
    )
  } catch {
    return []
  }
}
