import { stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { readElixir } from '../../analyze.ts'
import { isDockerfile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { openShell } from '../../languages/compose/shell.ts'
import { loadElixir } from '../../languages/elixir/grammar.ts'
import { parseElixir } from '../../languages/elixir/parse.ts'
import type { BootSecrets } from '../../masking/boots.ts'
import type { Deployment } from '../../model/boot/deployment.ts'
import { type BootOutcome, bootOutcome } from '../../model/boot/outcome.ts'
import { standInDeployment } from '../../model/boot/stand-in.ts'
import { readProject as modelOf } from '../../model/read.ts'
import { composeOf, servicesOf } from '../../model/read-services.ts'
import type { Service } from '../../model/service.ts'
import type { Shipping } from '../../model/shipping.ts'
import { leftOutNote } from '../../model/targets.ts'
import { shippingOf } from '../../settings/settings.ts'
import { composeDisk } from '../env/disk.ts'
import { shellOf } from '../env/read.ts'
import type { Call } from '../flags.ts'
import type { Io } from '../io.ts'
import { composeChoice } from '../lint/compose.ts'
import { problemsText } from '../lint/problems.ts'
import { pathFrom, readProject, rootOf } from '../lint/project.ts'
import { openSettings } from '../lint/settings.ts'
import { missingIn } from '../lint/ships.ts'
import { didYouMean } from '../suggest.ts'
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
  const found = await stat(target).catch(() => undefined)
  if (found === undefined) return { kind: 'wrong', message: `there is no file or folder \`${path}\`` }
  const given = await givenBy(call, io)
  if (given.kind === 'wrong') return given
  const choice = await composeChoice(withoutEnvFiles(call), io)
  if (choice.kind === 'wrong') return choice

  const root = found.isDirectory() && (await holdsConfig(target)) ? target : await rootOf(target, io)
  const entries = found.isDirectory() ? [] : [pathFrom(root, target)]
  const project = await readProject(root, [...entries, ...choice.paths.map((one) => pathFrom(root, one))])
  const disk = composeDisk(root, project.tree, io.env.HOME ?? homedir())
  const shell = call.has('from-environment') ? shellOf(io) : openShell()
  const lone = entries.some(isDockerfile)
  const settings = await openSettings(root, found.isDirectory() ? target : dirname(target), call, io)
  if (settings.kind === 'wrong') return settings
  const shipping = shippingOf(settings.settings)
  const compose = lone ? undefined : composeOf(project.tree, entries, choice.under(root), disk, shell, shipping)
  const services = compose ? servicesOf(compose, root, shipping) : []
  const known = compose && [...compose.services.keys(), ...compose.disabled.keys()]
  const unknown = missingIn(settings.settings, project.tree, known)
  if (unknown.length > 0) return { kind: 'wrong', message: problemsText(unknown, root, io) }
  const asked = call.all('service')
  const missing = asked.find((name) => !services.some((one) => one.name === name))
  if (missing !== undefined) {
    const near = didYouMean(
      missing,
      services.map(({ name }) => name),
    )
    return { kind: 'wrong', message: `there is no service \`${missing}\`${near}` }
  }
  await loadElixir()
  const evaluated = await evaluate(project.tree, services, entries, given.value, shipping, asked)
  const problems = [...project.problems, ...disk.problems]
  if (evaluated === undefined && problems.length === 0)
    return { kind: 'wrong', message: `there is no config of an Elixir project in \`${path}\`` }
  const unread = problems.map(({ span, message }) => `${span.source.path}: ${message}`)
  const { outcomes, notes, secrets } = evaluated ?? nothing
  return {
    kind: 'read',
    value: { outcomes, secrets, notes: [...notes, ...unread], root, unreadable: problems.length > 0 },
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
async function holdsConfig(folder: string): Promise<boolean> {
  const kinds = await Promise.all(
    ['config/config.exs', 'config/runtime.exs'].map((name) => stat(join(folder, name)).catch(() => undefined)),
  )
  const mix = await stat(join(folder, 'mix.exs')).catch(() => undefined)
  return mix === undefined && kinds.some((kind) => kind?.isFile())
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
    notes: project.leftOut.map(leftOutNote),
    secrets: { sources: [...tree.sources, ...given.sources], spans: project.secrets },
  }

  function standIns(): readonly Deployment[] {
    const empty = parseElixir({ path: 'mix.exs', text: '' })
    const apps = services.filter((service) => service.looksLikeApp)
    const wanted = apps.length > 0 ? apps : [undefined]
    return withBoot(wanted.flatMap((service) => standInDeployment(tree, elixir, empty, given, service, shipping) ?? []))
  }
}
