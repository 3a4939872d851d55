import { posix } from 'node:path'
import { gitLeavesOut } from '../../files/git-ignored.ts'
import { sourceAt, type Tree } from '../../files/tree.ts'
import { loadCompose } from '../../languages/compose/read.ts'
import { openShell, type ShellEnvironment } from '../../languages/compose/shell.ts'
import type { ComposeInput, ComposeProject } from '../../languages/compose/types.ts'
import { type ComposeFiles, composeProjects, othersBeside } from '../shipping/compose-files.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { isMissing } from '../stage-files/missing.ts'
import { servicesOf } from './services-of.ts'

/** What Compose is told on its command line. */
export interface ComposeChoice {
  readonly files?: readonly string[]
  readonly envFiles?: readonly string[]
  readonly profiles?: readonly string[]
  readonly projectDirectory?: string
  /** The absolute path of the tree's root, by which absolute paths such as those of `docker compose config` are known. */
  readonly root?: string
}

/** The compose projects of a tree. */
export interface ComposeReading {
  readonly projects: readonly ComposeProject[]
  /** Which files were taken where others could have been, in sentences. */
  readonly notes: readonly string[]
}

/** Where the compose projects of a tree are looked for. */
export interface ComposeSearch {
  readonly tree: Tree
  /** The paths that the user named. */
  readonly entries: readonly string[]
  readonly choice?: ComposeChoice | undefined
  /** The files; those of the tree where absent. */
  readonly disk?: Pick<ComposeInput, 'read' | 'exists' | 'isFolder' | 'isElsewhere'>
  /** The shell that Compose is called from; any where absent. */
  readonly shell?: ShellEnvironment
  readonly shipping?: Shipping | undefined
}

/** Reads the compose projects of a tree, each with the `.env` of its own folder. What another one includes is none of its own. */
export function readComposeProjects(search: ComposeSearch): ComposeReading {
  const {
    tree,
    entries,
    choice = {},
    disk = filesOf(tree, [...entries, ...(choice.envFiles ?? [])]),
    shell = openShell(),
    shipping,
  } = search
  const loaded = groupsOf(tree, entries, choice, shipping).map((files) => {
    const load = (projectDirectory: string | undefined) =>
      loadCompose({
        ...disk,
        workingDirectory: '',
        // The name is no matter here; Compose wants one.
        rootName: 'project',
        configFiles: files,
        ...(choice.envFiles ? { envFiles: choice.envFiles } : {}),
        ...(choice.profiles ? { profiles: choice.profiles } : {}),
        ...(projectDirectory === undefined ? {} : { projectDirectory }),
        shell,
        allServices: choice.profiles === undefined,
      })
    const project = load(choice.projectDirectory)
    const isGiven = choice.files !== undefined || choice.projectDirectory !== undefined
    if (isGiven || hasItsBuilds(project, tree) || !isCalledFromRoot(files, tree)) return project
    const atRoot = load('.')
    return hasItsBuilds(atRoot, tree) ? atRoot : project
  })
  const projects = loaded.filter((project) => !isIncluded(project, loaded))
  const isOurs = choice.files === undefined && entries.length === 0
  return { projects, notes: isOurs ? notesOn(projects, tree) : [] }
}

/** Whether the Dockerfiles that a compose project names are there. */
const hasItsBuilds = (project: ComposeProject, tree: Tree): boolean =>
  servicesOf(project).every(({ build }) => build?.dockerfile === undefined || !isMissing(build.dockerfile, tree))

/** Whether a stack below the root is started as one of the root: Coolify does so, and the project says so of others. */
const isCalledFromRoot = ([main = '']: ComposeFiles, { sources }: Tree): boolean =>
  main.includes('/') && (/coolify/i.test(main) || sources.some(({ text }) => text.includes('--project-directory')))

function groupsOf(
  tree: Tree,
  entries: readonly string[],
  { files, projectDirectory }: ComposeChoice,
  shipping: Shipping | undefined,
): readonly ComposeFiles[] {
  if (files) return files.length > 0 ? [files] : []
  const groups = composeProjects(tree, entries, shipping)
  if (projectDirectory === undefined) return groups
  // Where the folder of the project is given there is one.
  const inFolder = groups.filter(([main = '']) => posix.dirname(main) === posix.normalize(projectDirectory))
  return [...inFolder, ...groups].slice(0, 1)
}

/** Whether a project is a part of another one, which includes or extends its file. */
function isIncluded(project: ComposeProject, all: readonly ComposeProject[]): boolean {
  const holds = ({ sources }: ComposeProject, { composeFiles: [main] }: ComposeProject) =>
    sources.some(({ path }) => path === main)
  return all.some((other) => other !== project && holds(other, project) && !holds(project, other))
}

/** Which compose file of several in a folder was taken. */
function notesOn(projects: readonly ComposeProject[], tree: Tree): readonly string[] {
  const read = new Set(projects.flatMap(({ sources }) => sources.map(({ path }) => path)))
  return projects.flatMap(({ composeFiles }) => {
    const others = othersBeside(tree, composeFiles, read)
    const besides = others.map((path) => `\`${path}\``).join(', ')
    return others.length === 0
      ? []
      : [`${composeFiles.join(' and ')} is taken, and not ${besides}: \`-f\` names others`]
  })
}

/** The files of a tree as a clean checkout has them: without a `.env` that git ignores, unless it is `named`. */
function filesOf(
  tree: Tree,
  named: readonly string[],
): Pick<ComposeInput, 'read' | 'exists' | 'isFolder' | 'isElsewhere'> {
  const isLocal = (path: string) => posix.basename(path) === '.env' && !named.includes(path) && gitLeavesOut(tree, path)
  const kinds = new Map(tree.entries.map((entry) => [entry.path, entry.kind]))
  return {
    read: (path) => (isLocal(path) ? undefined : sourceAt(tree, path)),
    exists: (path) => kinds.has(path) && !isLocal(path),
    isFolder: (path) => kinds.get(path) === 'folder',
    isElsewhere: (path) => tree.elsewhere?.has(path) ?? false,
  }
}
