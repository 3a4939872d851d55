import { posix } from 'node:path'
import { besideCode, entriesBesideCode, sourceAt, type Tree } from '../../files/tree.ts'
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

/**
 * The packages of `assets/package.json` of an app that its scripts and style sheets import, without those that lie in
 * `deps/`; all of them where some of its scripts are not in view. Undefined where there are none.
 */
export function neededPackages(tree: Tree, { folder }: MixApp): NeededPackages | undefined {
  const path = posix.join(folder, 'assets/package.json')
  const source = sourceAt(tree, path)
  const listed = source === undefined ? [] : registryPackages(source.text)
  const imported = listed.filter((name) => isImported(name, tree, posix.join(folder, 'assets/')))
  const names = imported.length > 0 || isAllInView(tree, posix.join(folder, 'assets/')) ? imported : listed
  if (source === undefined || names.length === 0) return undefined
  const at = Math.max(source.text.indexOf('"dependencies"'), 0)
  return { source, names, span: span(source, at, at + '"dependencies"'.length) }
}

const script = /\.([cm]?[jt]sx?|s?css|vue|svelte)$/

/** Whether a script or style sheet of a folder names a package, or what lies in it, between quotes. */
function isImported(name: string, tree: Tree, folder: string): boolean {
  const mention = new RegExp(`^(?!\\s*(//|/?\\*)).*["'](npm:)?${name.replace(/[^\w]/g, '\\$&')}(/[^"']*)?["']`, 'm')
  return besideCode(tree).some(({ path, text }) => path.startsWith(folder) && script.test(path) && mention.test(text))
}

const isAllInView = (tree: Tree, folder: string): boolean =>
  entriesBesideCode(tree).every(
    ({ path, kind }) =>
      kind !== 'file' ||
      !path.startsWith(folder) ||
      !script.test(path) ||
      /\/(vendor|node_modules)\/|\.config\.[cm]?[jt]s$/.test(path) ||
      sourceAt(tree, path) !== undefined,
  )

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
