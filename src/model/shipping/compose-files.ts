import { posix } from 'node:path'
import { composeNames, composeOverrideNames, isComposeFile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { developmentWord } from './production.ts'
import type { Shipping } from './shipping.ts'

const productionName = /(^|\/)(docker-)?compose[.-](prod|production|release|deploy)\.ya?ml$/

/** The compose files that the user named; else the production stack; else what Compose would find, overrides and all. */
export function chosenFiles(tree: Tree, entries: readonly string[], shipping: Shipping | undefined): readonly string[] {
  const named = entries.filter(isComposeFile)
  if (named.length > 0) return named
  const purposeOf = (path: string) => shipping?.purposeOf(path)
  const inProduction = (path: string) =>
    purposeOf(path) ? purposeOf(path) === 'production' : developmentWord(posix.dirname(path)) === undefined
  const all = tree.sources.map((source) => source.path).filter((path) => isComposeFile(path) && inProduction(path))
  const nearest = all.toSorted((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
  const marked = nearest.filter((path) => purposeOf(path) === 'production')
  const production = marked[0] ?? nearest.find((path) => productionName.test(path))
  const base = nearest.find((path) => composeNames.includes(posix.basename(path)))
  if (production !== undefined) {
    const beside = base !== undefined && posix.dirname(base) === posix.dirname(production)
    const others = marked.filter((path) => posix.dirname(path) === posix.dirname(production))
    return [...new Set([...(beside ? [base] : []), production, ...others])]
  }
  if (base === undefined) return []
  const beside = composeOverrideNames.map((name) => posix.join(posix.dirname(base), name))
  const override = beside.find((path) => all.includes(path))
  return override === undefined ? [base] : [base, override]
}
