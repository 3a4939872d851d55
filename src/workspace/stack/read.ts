import { basename, dirname, posix, resolve } from 'node:path'
import { readElixir } from '../../analyze.ts'
import { isWithin } from '../../files/door/locate.ts'
import type { OpenDoor } from '../../files/door/open.ts'
import { readText } from '../../files/door/text.ts'
import { folderOf, isUnder } from '../../files/folders.ts'
import { homeOf } from '../../files/home.ts'
import { composeNames } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { loadCompose } from '../../languages/compose/read.ts'
import { closedShell, openShell, type ShellEnvironment } from '../../languages/compose/shell.ts'
import type { ComposeInput, ComposeProject } from '../../languages/compose/types.ts'
import { readPlatforms } from '../../languages/platforms/read.ts'
import type { PlatformFile } from '../../languages/platforms/types.ts'
import { envFileEnvironment } from '../../model/env/env-file.ts'
import { stackEnvironment } from '../../model/env/stack.ts'
import type { StackEnvironment } from '../../model/env/variable.ts'
import { type ComposeFiles, composeProjects } from '../../model/shipping/compose-files.ts'
import type { Shipping } from '../../model/shipping/shipping.ts'
import { shippingOf } from '../../settings/settings.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { didYouMean } from '../../text/nearest.ts'
import { composeDisk } from '../compose/disk.ts'
import { sentence, serviceNames, withServices, withVariables } from '../compose/files.ts'
import { readProject, rootOf, unseenIn } from '../folder.ts'
import type { Surroundings } from '../options.ts'
import { pathFrom } from '../paths.ts'
import { done, type Result, wrong } from '../result.ts'
import { openSettings } from '../settings.ts'
import { composeFolder } from './door.ts'
import { absolute, unquoted } from './shown.ts'
import type { StackOptions, Subject } from './subject.ts'

/** The shell that Compose is called from; undefined where it is not in view. */
export type CallersShell = ShellEnvironment | undefined

/** The environment of this process as the shell of Compose. */
export const shellOf = ({ env }: Pick<Surroundings, 'env'>): ShellEnvironment =>
  closedShell(
    Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  )

/** What a call names, read. */
export interface ReadStack extends StackEnvironment {
  /** Whether a file is there that could not be read. */
  readonly unreadable: boolean
}

/** Reads what the call names. Paths of the places in it are absolute. */
export async function readSubject(
  subject: Subject,
  flags: StackOptions,
  shell: CallersShell,
  at: Surroundings,
  door: OpenDoor,
): Promise<Result<ReadStack>> {
  if (subject.kind === 'env-file') {
    const text = readText(door, subject.path, subject.path)
    return done(
      text.problem
        ? { containers: [], errors: [text.problem], notes: [], unreadable: true }
        : { ...envFileEnvironment(text.source, shell), unreadable: false },
    )
  }
  const opened = await openStack(subject, flags, at, door)
  if (opened.kind === 'wrong') return opened
  const stack = opened.value
  const compose = subject.dockerfile === undefined ? stack.load(shell ?? openShell()) : undefined
  const platforms = await platformsFor(subject, stack)
  const called = platforms.flatMap(({ calls }) => calls.map(({ name }) => name))
  if (compose === undefined && called.length === 0 && subject.services.length > 0) {
    return wrong(`there is no compose file that \`${subject.services.join('`, `')}\` could be in`)
  }
  const known = [...(compose ? serviceNames(compose) : []), ...called]
  const unknown = subject.services.find((name) => !known.includes(name))
  const leftOut = withServices(compose?.elsewhere ?? [])
  if (unknown !== undefined && (compose?.problems ?? []).length === 0 && leftOut.length === 0) {
    return wrong(`there is no service \`${unknown}\`${didYouMean(unknown, known)}`)
  }
  // A service that is named is active, whatever its profiles are.
  const all = subject.services.some((name) => compose?.disabled.has(name))
  const dockerfile = subject.dockerfile
  const made = stackEnvironment({
    tree: stack.tree,
    elixir: await readElixir(stack.tree.sources),
    platforms,
    compose: all ? stack.load(shell ?? openShell(), true) : compose,
    resolved: compose && stack.load(shell ?? closedShell({}), all),
    root: stack.root,
    shipping: stack.shipping,
    wanted: subject.services,
    entries: dockerfile === undefined ? [] : [pathFrom(stack.root, dockerfile)],
  })
  const problems = stack.problems()
  if (compose === undefined && made.containers.length === 0 && problems.length === 0) {
    return wrong(`there is nothing to show in \`${subject.folder}\`: ${made.nothing ?? ''}`)
  }
  const unreadable = problems.map(({ span }) => span.source.path)
  const remarks = withVariables(compose?.elsewhere ?? []).map(sentence)
  const shown = unquoted(
    made,
    [...(compose ? stackNotes(compose, made.aside, stack, subject, at.cwd) : []), ...remarks],
    [...stack.tree.sources, ...(compose?.sources ?? [])],
  )
  const errors = shown.errors.filter(({ span }) => span.end > 0 || !unreadable.includes(span.source.path))
  const whole = absolute({ ...shown, errors: [...problems, ...leftOut, ...errors] }, stack.root)
  return done({ ...whole, unreadable: unreadable.length > 0 || leftOut.length > 0 })
}

/** The files of platforms that a call may mean: that of no Dockerfile and of no compose file that is named. */
const platformsFor = async (
  { files, dockerfile, folder }: Subject & { readonly kind: 'stack' },
  { tree, root }: OpenStack,
): Promise<readonly PlatformFile[]> =>
  dockerfile === undefined && files.length === 0
    ? (await readPlatforms(tree)).filter(({ path }) => isUnder(path, pathFrom(root, folder)))
    : []

/** The names of the services of the stack that is called for, active or not. */
export async function servicesIn(
  folder: string,
  flags: StackOptions,
  at: Surroundings,
  door: OpenDoor,
): Promise<readonly string[]> {
  const stack = await openStack({ kind: 'stack', folder, files: flags.files, services: [] }, flags, at, door)
  if (stack.kind === 'wrong') return []
  const compose = stack.value.load(openShell())
  return compose ? serviceNames(compose) : []
}

/** A stack whose files were read. */
interface OpenStack {
  readonly root: string
  readonly tree: Tree
  readonly shipping: Shipping
  /** What could not be read, so far. */
  readonly problems: () => readonly Problem[]
  /** The first files of the compose projects that a call without files may mean. */
  readonly mains: readonly string[]
  /** The compose project under a shell; undefined where there is no compose file. */
  readonly load: (shell: ShellEnvironment, allServices?: boolean) => ComposeProject | undefined
}

async function openStack(
  subject: Subject & { readonly kind: 'stack' },
  flags: StackOptions,
  at: Surroundings,
  door: OpenDoor,
): Promise<Result<OpenStack>> {
  const { files, folder } = subject
  const [main] = files
  const base = flags.projectDirectory ?? (main === undefined ? composeFolder(folder, at) : dirname(main))
  const around = rootOf(base, at)
  const root = isWithin(around, base) ? around : base
  const inside = (path: string) => pathFrom(root, path)
  const named = [...files, ...flags.envFiles].filter((path) => isWithin(root, path)).map(inside)
  const { tree, problems, truncated } = await readProject(root, named, door)
  const settings = openSettings(root, folder, flags.settings, at, door)
  if (settings.kind === 'wrong') return settings
  const shipping = shippingOf(settings.value.settings)
  const disk = composeDisk(root, tree, homeOf(at.env), door)
  const start = isWithin(root, folder) ? folder : root
  const fromStart = (path: string) => pathFrom(start, path) || '.'
  const isOpen = files.length === 0 && flags.projectDirectory === undefined
  const below = isOpen ? stacksBelow(inside(start), { tree, shipping }) : { files: [], mains: [] }
  const configFiles = [...files, ...below.files.map((path) => resolve(root, path))].map(fromStart)
  const input: Omit<ComposeInput, 'shell'> = {
    ...disk,
    workingDirectory: inside(start),
    rootName: basename(root),
    ...(configFiles.length > 0 ? { configFiles } : {}),
    ...(flags.envFiles.length > 0 ? { envFiles: flags.envFiles.map(fromStart) } : {}),
    ...(flags.profiles.length > 0 ? { profiles: flags.profiles } : {}),
    ...(flags.projectDirectory === undefined ? {} : { projectDirectory: fromStart(flags.projectDirectory) }),
  }
  const load = (shell: ShellEnvironment, allServices = false): ComposeProject | undefined => {
    const project = loadCompose({ ...input, shell, allServices })
    return project.composeFiles.length === 0 ? undefined : project
  }
  const unseen = unseenIn({ problems, truncated })
  const allProblems = () => [...unseen, ...disk.problems.filter((one) => !unseen.some(sameFile(one)))]
  return done({ root, tree, shipping, problems: allProblems, load, mains: below.mains })
}

/** The compose projects that a call may mean which names no file: those at its folder and below, and which is taken. */
function stacksBelow(
  folder: string,
  { tree, shipping }: Pick<OpenStack, 'tree' | 'shipping'>,
): { readonly files: ComposeFiles; readonly mains: readonly string[] } {
  const sources = tree.sources.filter(({ path }) => isUnder(path, folder))
  const stacks = composeProjects({ ...tree, sources }, [], shipping)
  const mains = stacks.flatMap(([main]) => main ?? [])
  const isFound = tree.sources.some(
    ({ path }) => composeNames.includes(posix.basename(path)) && isUnder(folder, folderOf(path)),
  )
  // Compose finds by itself what is here or above.
  return { files: isFound ? [] : (stacks[0] ?? []), mains }
}

/** Which stack was taken of several, and which images are not shown beside it, in sentences. */
function stackNotes(
  { composeFiles: [taken] }: ComposeProject,
  aside: readonly string[],
  { mains, root }: OpenStack,
  { files, folder, services }: Subject & { readonly kind: 'stack' },
  cwd: string,
): readonly string[] {
  if (taken === undefined) return []
  const shown = (path: string) => pathFrom(cwd, resolve(root, path))
  const others = mains.filter((main) => main !== taken)
  const isOfAnother = (path: string) => others.some((main) => isUnder(path, folderOf(main)))
  const isAsked = files.length > 0 || services.length > 0
  const alone = isAsked ? [] : aside.filter((path) => isUnder(path, pathFrom(root, folder)) && !isOfAnother(path))
  const names = (paths: readonly string[]) => paths.map(shown).join(', ')
  return [
    ...(others.length > 0 ? [`this is the stack of ${shown(taken)}; \`-f\` names another one: ${names(others)}`] : []),
    ...(alone.length > 0
      ? [`images that no service here runs are not shown; name one to see it: ${names(alone)}`]
      : []),
  ]
}

const sameFile =
  ({ span }: Problem) =>
  (other: Problem): boolean =>
    other.span.source.path === span.source.path
