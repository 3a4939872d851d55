import type { OpenSight } from '../../files/door/open.ts'
import { type Tree, withSource } from '../../files/tree.ts'
import type { ShellEnvironment } from '../../languages/compose/shell.ts'
import type { ComposeProject, NotRead } from '../../languages/compose/types.ts'
import { type ComposeChoice, readComposeProjects } from '../../model/services/compose-projects.ts'
import type { Shipping } from '../../model/shipping/shipping.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { placeName } from '../../text/source.ts'
import type { ReadProject } from '../folder.ts'
import { type ComposeDisk, composeDisk } from './disk.ts'

/** Where Compose looks, and for what. */
export interface ComposeFileSearch {
  /** The root of the tree, absolute. */
  readonly root: string
  readonly tree: Tree
  /** Files that stand for the others of their kind. */
  readonly entries: readonly string[]
  readonly choice: ComposeChoice
  readonly shipping: Shipping
  /** The shell that Compose is called from; absent where it is not in view. */
  readonly shell?: ShellEnvironment
  readonly home: string
  readonly door: OpenSight
}

/** The compose projects of a tree, read with the files that they name wherever they lie. */
export interface FoundCompose {
  readonly projects: readonly ComposeProject[]
  /** Which files were taken where others could have been, in sentences. */
  readonly notes: readonly string[]
  readonly disk: ComposeDisk
  /** The names of their services; undefined where there is none, or where it is not all in view. */
  readonly services: readonly string[] | undefined
  /** Files outside of the project with services in them, that are not read. */
  readonly leftOut: readonly Problem[]
}

/** Finds the compose projects of a tree. */
export function findCompose({
  root,
  tree,
  entries,
  choice,
  shipping,
  shell,
  home,
  door,
}: ComposeFileSearch): FoundCompose {
  const disk = composeDisk(root, tree, home, door)
  const { projects, notes } = readComposeProjects({
    tree,
    entries,
    choice,
    disk,
    shipping,
    ...(shell ? { shell } : {}),
  })
  const leftOut = withServices(projects.flatMap(({ elsewhere }) => elsewhere))
  const isWhole = projects.length > 0 && leftOut.length === 0
  return { projects, notes, disk, leftOut, services: isWhole ? projects.flatMap(serviceNames) : undefined }
}

/** The names of the services of a compose project, active or not. */
export const serviceNames = ({ services, disabled }: ComposeProject): readonly string[] => [
  ...services.keys(),
  ...disabled.keys(),
]

/** Files with services in them that are not read, and what lets them be read. */
export const withServices = (leftOut: readonly NotRead[]): readonly Problem[] =>
  leftOut.filter(({ holds }) => holds === 'services').map(withHint)

/** Env files that are not read, and what lets them be read. */
export const withVariables = (leftOut: readonly NotRead[]): readonly Problem[] =>
  leftOut.filter(({ holds }) => holds === 'variables').map(withHint)

const withHint = (problem: Problem): Problem => ({
  ...problem,
  message: `${problem.message}; \`--allow-outside\` reads it`,
})

/** A problem as a sentence with its place. */
export const sentence = ({ span, message }: Problem): string =>
  `${span.end === 0 ? span.source.path : placeName(span)}: ${message}`

/** A project with its compose projects. */
export interface ComposedProject extends ReadProject {
  readonly services: FoundCompose['services']
  /** What is to be said of files that are not read. */
  readonly remarks: readonly string[]
}

/**
 * A project with the files that its compose files name and that the walk leaves out: an `env_file` may have any name,
 * and an included file may lie elsewhere.
 */
export function withComposeFiles(project: ReadProject, search: Omit<ComposeFileSearch, 'tree'>): ComposedProject {
  const { tree, problems } = project
  const { projects, disk, services, leftOut } = findCompose({ ...search, tree })
  const known = new Set(tree.sources.map(({ path }) => path))
  const read = projects.flatMap(({ sources }) => sources).filter(({ path }) => !known.has(path))
  const reported = new Set(problems.map(({ span }) => span.source.path))
  return {
    ...project,
    tree: { ...read.reduce(withSource, tree), elsewhere: disk.elsewhere },
    services,
    problems: [...problems, ...disk.problems.filter(({ span }) => !reported.has(span.source.path)), ...leftOut],
    remarks: withVariables(projects.flatMap(({ elsewhere }) => elsewhere)).map(sentence),
  }
}
