import { dirname, join, resolve } from 'node:path'
import { readElixir } from '../../analyze.ts'
import { isOpen, whyClosed } from '../../files/door/found.ts'
import type { OpenDoor } from '../../files/door/open.ts'
import { isDockerfile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { openShell } from '../../languages/compose/shell.ts'
import { loadElixir } from '../../languages/elixir/syntax/grammar.ts'
import { parseElixir } from '../../languages/elixir/syntax/parse.ts'
import type { BootSecrets } from '../../masking/boots.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { standInDeployment } from '../../model/boot/stand-in.ts'
import { type BootOutcome, bootOutcome } from '../../model/outcome/outcome.ts'
import { notesOf } from '../../model/project/project.ts'
import { readProject as modelOf } from '../../model/project/read.ts'
import { composeOf, servicesOf } from '../../model/services/read-services.ts'
import type { Service } from '../../model/services/service.ts'
import type { Shipping } from '../../model/shipping/shipping.ts'
import { shippingOf } from '../../settings/settings.ts'
import { placeName } from '../../text/source.ts'
import { doorOf, homeOf } from '../../cli/call/outside.ts'
import { composeDisk } from '../compose-disk.ts'
import { shellOf } from '../stack/read.ts'
import type { Call } from '../../cli/call/flags.ts'
import type { Io } from '../../cli/io/io.ts'
import { composeChoice } from '../compose-choice.ts'
import { withHint } from '../compose-files.ts'
import { problemsText } from '../../cli/io/problems.ts'
import { pathFrom, readProject, rootOf, unseenIn } from '../folder.ts'
import { openSettings } from '../settings.ts'
import { missingIn } from '../missing.ts'
import { didYouMean } from '../../cli/suggest.ts'
import { type GivenByFlags, givenBy } from './given.ts'

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

export type ReadBoot =
  | { readonly kind: 'wrong'; readonly message: string }
  | { readonly kind: 'read'; readonly value: BootReading }

/** Reads the project that `path` names and says what each of its containers does when it starts. */
export async function readBoot(path: string, call: Call, io: Io): Promise<ReadBoot> {
  const target = resolve(io.cwd, path)
  const door = await doorOf([path], call, io)
  const found = door.at(target)
  if (found.kind === 'missing') return { kind: 'wrong', message: `there is no file or folder \`${path}\`` }
  if (!isOpen(found)) return { kind: 'wrong', message: `\`${path}\` cannot be read: ${whyClosed(found)}` }
  const given = givenBy(call, io, door)
  if (given.kind === 'wrong') return given
  const choice = composeChoice(withoutEnvFiles(call), io, door)
  if (choice.kind === 'wrong') return choice

  const isFolder = found.kind === 'folder'
  const root = isFolder && holdsConfig(target, door) ? target : await rootOf(target, io)
  const entries = isFolder ? [] : [pathFrom(root, target)]
  const project = await readProject(root, [...entries, ...choice.paths.map((one) => pathFrom(root, one))], door)
  const disk = composeDisk(root, project.tree, homeOf(io), door)
  const shell = call.has('from-environment') ? shellOf(io) : openShell()
  const lone = entries.some(isDockerfile)
  const settings = openSettings(root, isFolder ? target : dirname(target), call, io, door)
  if (settings.kind === 'wrong') return settings
  const shipping = shippingOf(settings.settings)
  const compose = lone ? undefined : composeOf(project.tree, entries, choice.under(root), disk, shell, shipping)
  const services = compose ? servicesOf(compose, root, shipping) : []
  const known = compose && [...compose.services.keys(), ...compose.disabled.keys()]
  const leftOut = compose?.elsewhere ?? []
  const isPartial = leftOut.some(({ holds }) => holds === 'services')
  const unknown = missingIn(settings.settings, project.tree, isPartial ? undefined : known)
  if (unknown.length > 0) return { kind: 'wrong', message: problemsText(unknown, root, io) }
  const asked = call.all('service')
  const missing = asked.find((name) => !services.some((one) => one.name === name))
  if (missing !== undefined && !isPartial) {
    const near = didYouMean(
      missing,
      services.map(({ name }) => name),
    )
    return { kind: 'wrong', message: `there is no service \`${missing}\`${near}` }
  }
  await loadElixir()
  const evaluated = await evaluate(project.tree, services, entries, given.value, shipping, asked)
  const problems = [
    ...unseenIn(project),
    ...disk.problems,
    ...leftOut.filter(({ holds }) => holds === 'services').map(withHint),
  ]
  if (evaluated === undefined && problems.length === 0)
    return { kind: 'wrong', message: `there is no config of an Elixir project in \`${path}\`` }
  const aside = [
    ...project.problems.filter(({ misplaced }) => misplaced),
    ...leftOut.filter(({ holds }) => holds === 'variables').map(withHint),
  ]
  const unread = [...problems, ...aside].map(
    ({ span, message }) => `${span.end === 0 ? span.source.path : placeName(span)}: ${message}`,
  )
  const { outcomes, notes, secrets } = evaluated ?? nothing
  const sources = [...secrets.sources, ...(compose?.sources ?? [])]
  return {
    kind: 'read',
    value: {
      outcomes,
      secrets: { ...secrets, sources },
      notes: [...notes, ...unread],
      root,
      unreadable: problems.length > 0,
    },
  }
}

const nothing: Evaluated = { outcomes: [], notes: [], secrets: { sources: [], spans: [] } }

/** `--env-file` means the container here, and not Compose. */
const withoutEnvFiles = (call: Call): Call => ({
  ...call,
  has: (name) => name !== 'env-file' && call.has(name),
  all: (name) => (name === 'env-file' ? [] : call.all(name)),
})

/** Whether a folder has a config of its own: it stands for itself then, whatever project lies around it. */
function holdsConfig(folder: string, door: OpenDoor): boolean {
  const isFile = (name: string) => door.at(join(folder, name)).kind === 'file'
  return !isOpen(door.at(join(folder, 'mix.exs'))) && ['config/config.exs', 'config/runtime.exs'].some(isFile)
}

async function evaluate(
  tree: Tree,
  services: readonly Service[],
  entries: readonly string[],
  given: GivenByFlags,
  shipping: Shipping,
  asked: readonly string[],
): Promise<Evaluated | undefined> {
  const elixir = await readElixir(tree.sources)
  const read = (development: boolean) =>
    modelOf(tree, elixir, {
      entries: entries.filter(isDockerfile),
      services,
      given,
      shipping,
      wanted: { of: 'project', images: 'all', development },
    })
  const strict = read(asked.length > 0)
  const withBoot = (deployments: readonly Deployment[]) => deployments.filter(({ boot }) => boot !== undefined)
  const any = withBoot(strict.project.deployments).length > 0 ? strict : read(true)
  const { project } = any
  const own = withBoot(project.deployments)
  const deployments = own.length > 0 ? own : standIns()
  const outcomes = deployments
    .filter(({ service }) => asked.length === 0 || (service !== undefined && asked.includes(service.name)))
    .flatMap((deployment) => bootOutcome(deployment) ?? [])
  if (outcomes.length === 0) return undefined
  return {
    outcomes,
    notes: notesOf(project),
    secrets: { sources: [...tree.sources, ...given.sources], spans: project.secrets },
  }

  function standIns(): readonly Deployment[] {
    const empty = parseElixir({ path: 'mix.exs', text: '' })
    const apps = services.filter((service) => service.looksLikeApp)
    const wanted = apps.length > 0 ? apps : [undefined]
    return withBoot(wanted.flatMap((service) => standInDeployment(tree, elixir, empty, given, service, shipping) ?? []))
  }
}
