import { dirname, join, resolve } from 'node:path'
import { readElixir } from '../../analyze.ts'
import { isOpen, whyClosed } from '../../files/door/found.ts'
import type { OpenDoor } from '../../files/door/open.ts'
import { homeOf } from '../../files/home.ts'
import { isDockerfile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { loadElixir } from '../../languages/elixir/syntax/grammar.ts'
import { readPlatforms } from '../../languages/platforms/read.ts'
import type { PlatformFile } from '../../languages/platforms/types.ts'
import type { BootSecrets } from '../../masking/boots.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { unbuiltDeployment } from '../../model/boot/unbuilt.ts'
import { type BootOutcome, bootOutcome } from '../../model/outcome/outcome.ts'
import { notesOf } from '../../model/project/project.ts'
import { readProject as modelOf } from '../../model/project/read.ts'
import type { Service } from '../../model/services/service.ts'
import { servicesOf } from '../../model/services/services-of.ts'
import type { Shipping } from '../../model/shipping/shipping.ts'
import { shippingOf } from '../../settings/settings.ts'
import { didYouMean } from '../../text/nearest.ts'
import { toldToCompose } from '../compose/choice.ts'
import { findCompose, sentence, withVariables } from '../compose/files.ts'
import { doorOf } from '../door.ts'
import { readProject, rootOf, unseenIn } from '../folder.ts'
import { missingIn } from '../missing.ts'
import type { OpenOptions, Surroundings } from '../options.ts'
import { pathFrom } from '../paths.ts'
import { done, type Result, wrong, wrongIn } from '../result.ts'
import { openSettings } from '../settings.ts'
import { shellOf } from '../stack/read.ts'
import { type GivenBoot, type GivenOptions, givenBy } from './given.ts'
import { withImageStop } from './image-stop.ts'

/** What a call is about, read and evaluated. */
export interface BootReading extends Evaluated {
  /** The root of the project, absolute. */
  readonly root: string
  /** Whether a file is there that could not be read. */
  readonly unreadable: boolean
}

interface Evaluated {
  readonly outcomes: readonly BootOutcome[]
  /** What could not be seen, in sentences. */
  readonly notes: readonly string[]
  readonly secrets: Pick<BootSecrets, 'sources' | 'spans'>
}

/** How a boot is read. */
export interface ReadBootsOptions extends OpenOptions {
  readonly given?: GivenOptions | undefined
  /** The services that are wanted; all where empty. */
  readonly services?: readonly string[] | undefined
}

/** Reads the project that `path` names and says what each of its containers does when it starts. */
export async function readBoots(
  path: string,
  at: Surroundings,
  options: ReadBootsOptions = {},
): Promise<Result<BootReading>> {
  const { given: environment = {}, services: asked = [], compose: told = {} } = options
  const target = resolve(at.cwd, path)
  const door = doorOf([path], { ...options, compose: { ...told, envFiles: environment.envFiles } }, at)
  const found = door.at(target)
  if (found.kind === 'missing') return wrong(`there is no file or folder \`${path}\``)
  if (!isOpen(found)) return wrong(`\`${path}\` cannot be read: ${whyClosed(found)}`)
  const given = givenBy(environment, at, door)
  if (given.kind === 'wrong') return given
  const choice = toldToCompose(told, at.cwd, door)
  if (choice.kind === 'wrong') return choice

  const isFolder = found.kind === 'folder'
  const root = isFolder && holdsConfig(target, door) ? target : rootOf(target, at)
  const entries = isFolder ? [] : [pathFrom(root, target)]
  const project = await readProject(root, [...entries, ...choice.value.paths.map((one) => pathFrom(root, one))], door)
  const own = openSettings(root, isFolder ? target : dirname(target), options.settings, at, door)
  if (own.kind === 'wrong') return own
  const { settings } = own.value
  const shipping = shippingOf(settings)
  const alone = entries.some(isDockerfile)
  const platforms = alone ? [] : await readPlatforms(project.tree)
  const stack =
    alone || platforms.some((one) => entries.includes(one.path))
      ? undefined
      : findCompose({
          root,
          tree: project.tree,
          entries,
          choice: choice.value.under(root),
          shipping,
          ...(environment.fromEnvironment ? { shell: shellOf(at) } : {}),
          home: homeOf(at.env),
          door,
        })
  const { projects = [], leftOut = [] } = stack ?? {}
  const services = projects.flatMap((one) => servicesOf(one, root, shipping))
  const called = [...services, ...platforms.flatMap(({ calls }) => calls)].map(({ name }) => name)
  const unknown = missingIn(settings, project.tree, stack?.services)
  if (unknown.length > 0) return wrongIn(unknown, (one) => pathFrom(at.cwd, resolve(root, one)))
  const missing = asked.find((name) => !called.includes(name))
  if (missing !== undefined && leftOut.length === 0) {
    const near = didYouMean(missing, called)
    return wrong(`there is no service \`${missing}\`${near}`)
  }
  await loadElixir()
  const evaluated = await evaluate(project.tree, { services, platforms }, entries, given.value, shipping, asked)
  const problems = [...unseenIn(project), ...(stack?.disk.problems ?? []), ...leftOut]
  if (evaluated === undefined && problems.length === 0)
    return wrong(`there is no config of an Elixir project in \`${path}\``)
  const aside = [
    ...project.problems.filter(({ misplaced }) => misplaced),
    ...withVariables(projects.flatMap(({ elsewhere }) => elsewhere)),
  ]
  const { outcomes, notes, secrets } = evaluated ?? nothing
  const sources = [...secrets.sources, ...projects.flatMap((one) => one.sources)]
  return done({
    outcomes,
    secrets: { ...secrets, sources },
    notes: [...notes, ...(stack?.notes ?? []), ...[...problems, ...aside].map(sentence)],
    root,
    unreadable: problems.length > 0,
  })
}

const nothing: Evaluated = { outcomes: [], notes: [], secrets: { sources: [], spans: [] } }

/** Whether a folder has a config of its own: it stands for itself then, whatever project lies around it. */
function holdsConfig(folder: string, door: OpenDoor): boolean {
  const isFile = (name: string) => door.at(join(folder, name)).kind === 'file'
  return !isOpen(door.at(join(folder, 'mix.exs'))) && ['config/config.exs', 'config/runtime.exs'].some(isFile)
}

async function evaluate(
  tree: Tree,
  { services, platforms }: { readonly services: readonly Service[]; readonly platforms: readonly PlatformFile[] },
  entries: readonly string[],
  given: GivenBoot,
  shipping: Shipping,
  asked: readonly string[],
): Promise<Evaluated | undefined> {
  const elixir = await readElixir(tree.sources)
  const read = (development: boolean) =>
    modelOf(tree, elixir, {
      entries,
      services,
      platforms,
      given,
      shipping,
      wanted: { of: 'project', images: 'all', development },
    })
  const strict = read(asked.length > 0)
  const withBoot = (deployments: readonly Deployment[]) => deployments.filter(({ boot }) => boot !== undefined)
  const any = withBoot(strict.project.deployments).length > 0 ? strict : read(true)
  const { project } = any
  const own = withBoot(project.deployments)
  const deployments = own.length > 0 ? own : unbuilt()
  const outcomes = deployments
    .filter(({ service }) => asked.length === 0 || (service !== undefined && asked.includes(service.name)))
    .flatMap((deployment) => bootOutcome(deployment) ?? [])
    .map((outcome) => withImageStop(outcome, any))
  if (outcomes.length === 0) return undefined
  return {
    outcomes,
    notes: notesOf(project),
    secrets: { sources: [...tree.sources, ...given.sources], spans: project.secrets },
  }

  function unbuilt(): readonly Deployment[] {
    const apps = project.services.filter((service) => service.looksLikeApp)
    const wanted = apps.length > 0 ? apps : [undefined]
    return withBoot(wanted.flatMap((service) => unbuiltDeployment(tree, elixir, given, service, shipping) ?? []))
  }
}
