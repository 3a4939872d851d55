import { posix } from 'node:path'
import { homeOf } from '../../files/folders.ts'
import { composeNames, composeOverrideNames, isComposeFile } from '../../files/names.ts'
import { besideCode, sourceAt, type Tree } from '../../files/tree.ts'
import { loadYaml } from '../../languages/yaml/load.ts'
import { mapAt, valueAt, type YamlNode } from '../../languages/yaml/node.ts'
import type { Source } from '../../text/source.ts'
import { developmentWord } from './production.ts'
import type { Shipping } from './shipping.ts'

const productionName = /(^|\/)(docker-)?compose[.-](prod|production|release|deploy)\.ya?ml$/

/** The files of one compose project: those that one call of Compose is given, the first one first. */
export type ComposeFiles = readonly string[]

/**
 * The compose projects of a tree, nearest to the root first: the files that the user named, folder by folder; else in each
 * folder the production stack, or what Compose would find there, overrides and all. A stack for production stands for
 * the others that speak for the same folder.
 */
export function composeProjects(
  tree: Tree,
  entries: readonly string[],
  shipping: Shipping | undefined,
): readonly ComposeFiles[] {
  const named = entries.filter(isComposeFile)
  if (named.length > 0) return [...byFolder(named).values()]
  const purposeOf = (path: string) => shipping?.purposeOf(path)
  const inProduction = (path: string) =>
    purposeOf(path) ? purposeOf(path) === 'production' : developmentWord(posix.dirname(path)) === undefined
  const all = besideCode(tree)
    .filter((source) => isCompose(source) && (purposeOf(source.path) || !saysDevelopment(source)))
    .map(({ path }) => path)
    .filter(inProduction)
  const nearest = all.toSorted((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))
  const chosen = [...byFolder(nearest).values()].flatMap((paths) => chosenOf(paths, tree, shipping) ?? [])
  const homes = new Set(chosen.flatMap(({ files: [main = ''], ships }) => (ships ? [homeOf(main)] : [])))
  return chosen
    .filter(({ files: [main = ''], ships }) => ships || !homes.has(homeOf(main)))
    .map(({ files }) => [...files, ...partsBeside(files, tree).filter(inProduction)])
}

/** The files beside those of a stack that only define what its services refer to: secrets, networks and the like. */
const partsBeside = ([main = '']: ComposeFiles, tree: Tree): readonly string[] =>
  besideCode(tree)
    .filter(
      (source) =>
        isComposeFile(source.path) &&
        posix.dirname(source.path) === posix.dirname(main) &&
        developmentWord(posix.basename(source.path)) === undefined &&
        !isCompose(source) &&
        /^(["']?)(secrets|configs|networks|volumes)\1[ \t]*:/m.test(source.text),
    )
    .map(({ path }) => path)

/** Whether a file is for Compose: by its very name, or by a name like that and what is in it. */
const isCompose = ({ path, text }: Source): boolean =>
  isComposeFile(path) &&
  (composeNames.includes(posix.basename(path)) || /^(["']?)(services|include|extends)\1[ \t]*:/m.test(text))

/** Whether the comment at the head of a file says that it is not for production. */
const saysDevelopment = ({ text }: Source): boolean => {
  const [head = ''] = /^(?:\ufeff?[ \t]*(?:#.*)?\r?\n)*/.exec(text) ?? []
  return /\bnot\b[\w ]*\b(in|for|be) production\b|\bfor (local )?(development|testing)( only| purposes)?\b|\blocal development\b/i.test(
    head,
  )
}

interface Chosen {
  readonly files: ComposeFiles
  /** Whether they say that they are for production. */
  readonly ships: boolean
}

/** Which compose files of a folder are taken. */
function chosenOf(paths: readonly string[], tree: Tree, shipping: Shipping | undefined): Chosen | undefined {
  const marked = paths.filter((path) => shipping?.purposeOf(path) === 'production')
  const production = marked[0] ?? paths.find((path) => productionName.test(path))
  const base = paths.find((path) => composeNames.includes(posix.basename(path)))
  if (production !== undefined) {
    const below = base === undefined || isAlone(production, base, tree) ? [] : [base]
    return { files: [...new Set([...below, production, ...marked])], ships: true }
  }
  const [only, ...others] = paths.filter((path) => developmentWord(posix.basename(path)) === undefined)
  if (base === undefined) return only === undefined || others.length > 0 ? undefined : { files: [only], ships: false }
  const override = composeOverrideNames
    .map((name) => posix.join(posix.dirname(base), name))
    .find((path) => paths.includes(path))
  return { files: override === undefined ? [base] : [base, override], ships: false }
}

/** Whether a stack is whole without the one for development beside it: it builds anew what that builds for development. */
function isAlone(production: string, base: string, tree: Tree): boolean {
  const [own, other] = [servicesIn(production, tree), servicesIn(base, tree)]
  const isWhole = [...own.values()].every(
    (service) => service.build !== undefined || valueAt(service.node, 'image') !== undefined,
  )
  return (
    isWhole &&
    [...own].some(([name, { build }]) => {
      const before = other.get(name)?.build
      return build !== undefined && before !== undefined && isOfDevelopment(before) && !isOfDevelopment(build)
    })
  )
}

const isOfDevelopment = (build: YamlNode): boolean =>
  build.kind === 'map' &&
  ['dockerfile', 'target'].some((key) => {
    const value = valueAt(build, key)
    return value?.kind === 'scalar' && developmentWord(value.text) !== undefined
  })

function servicesIn(path: string, tree: Tree) {
  const source = sourceAt(tree, path)
  const root = source && loadYaml(source).documents[0]?.root
  const services = root?.kind === 'map' ? mapAt(root, 'services') : undefined
  return new Map(
    [...(services?.entries.values() ?? [])].flatMap(({ key, value }) =>
      value.kind === 'map' ? [[key, { node: value, build: valueAt(value, 'build') }] as const] : [],
    ),
  )
}

function byFolder(paths: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, readonly string[]>()
  for (const path of paths) {
    const folder = posix.dirname(path)
    folders.set(folder, [...(folders.get(folder) ?? []), path])
  }
  return folders
}

/** The compose files beside those of a compose project that neither are part of it nor are `read` otherwise. */
export const othersBeside = (
  { sources }: Tree,
  [main = '', ...more]: ComposeFiles,
  read: ReadonlySet<string>,
): readonly string[] =>
  sources
    .map(({ path }) => path)
    .filter(
      (path) =>
        isComposeFile(path) &&
        posix.dirname(path) === posix.dirname(main) &&
        path !== main &&
        !more.includes(path) &&
        !read.has(path),
    )
