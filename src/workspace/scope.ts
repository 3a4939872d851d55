import { posix } from 'node:path'
import { entriesBesideCode, type Tree } from '../files/tree.ts'
import type { Said } from '../masking/shown.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { pathFrom, wholeProject } from './paths.ts'
import type { NamedTarget } from './targets.ts'

/**
 * `analysis` without what lies beyond the Mix projects that the user named: a repository may hold others, and that
 * one of their files cannot be read is not what was asked. A finding of a rule stays wherever it stands.
 */
export function scopeTo<Found extends Said>(
  targets: readonly NamedTarget[],
  root: string,
  tree: Tree,
  analysis: Found,
): Found {
  const named = targets.map(({ path }) => pathFrom(root, path))
  const scopes = named.map((path) => mixFolderOf(path, tree))
  if (scopes.includes('')) return analysis
  const isInside = (path: string) =>
    path === wholeProject || named.includes(path) || scopes.some((scope) => path.startsWith(`${scope}/`))
  const isWanted = ({ gotcha, span }: Diagnostic) => gotcha !== 'syntax' || isInside(span.source.path)
  const diagnostics = analysis.diagnostics.filter(isWanted)
  const suppressed = analysis.suppressed?.filter(({ diagnostic }) => isWanted(diagnostic)) ?? []
  const shown = new Set(diagnostics.flatMap(placesOf))
  return {
    ...analysis,
    diagnostics,
    suppressed,
    read: analysis.read.filter((path) => isInside(path) || shown.has(path)),
  }
}

const placesOf = ({ span, related }: Diagnostic): readonly string[] =>
  [span, ...related.map((label) => label.span)].map(({ source }) => source.path)

/** The nearest folder with a `mix.exs` at or above a path; the root (empty) where there is none. */
function mixFolderOf(path: string, tree: Tree): string {
  const folders = new Set(
    entriesBesideCode(tree)
      .filter((entry) => posix.basename(entry.path) === 'mix.exs')
      .map((entry) => posix.dirname(entry.path)),
  )
  for (let folder = path; folder !== '' && folder !== '.'; folder = posix.dirname(folder)) {
    if (folders.has(folder)) return folder
  }
  return ''
}
