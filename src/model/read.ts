import { posix } from 'node:path'
import { isDockerfile } from '../files/names.ts'
import type { Tree } from '../files/tree.ts'
import { noBuildArgs } from '../languages/dockerfile/globals.ts'
import { parseDockerfile } from '../languages/dockerfile/parse.ts'
import type { Dockerfile, Stage } from '../languages/dockerfile/types.ts'
import type { ElixirFile } from '../languages/elixir/ast.ts'
import type { Problem } from '../text/diagnostic.ts'
import { placeName, type Source, type Span, span, textOf } from '../text/source.ts'
import { likelyContext } from './build/find-context.ts'
import { worldOf } from './build/frame.ts'
import type { Build, BuildArgs } from './build/image.ts'
import { mixThere } from './build/mix-there.ts'
import { sharedBuilds } from './build/shared.ts'
import { deploymentOf } from './deploy.ts'
import type { Deployment } from './deployment.ts'
import type { Given } from './given.ts'
import { limitsOf } from './limits.ts'
import { codeOf } from './phoenix/code.ts'
import { mixApps } from './phoenix/mix.ts'
import { developmentWordOf, shippingStage } from './production.ts'
import type { Project } from './project.ts'
import { type ComposeChoice, readServices } from './read-services.ts'
import { secretsOfScript } from './script-secrets.ts'
import { secretIn, secretSpans } from './secrets.ts'
import type { Service } from './service.ts'
import type { Shipping } from './shipping.ts'

/** What the caller wants looked at. */
export interface ReadOptions {
  /** Paths that the user named; a Dockerfile or compose file among them stands for all others of its kind. */
  readonly entries?: readonly string[]
  readonly compose?: ComposeChoice
  /** The services, where the caller has read the compose project; it is not read again then. */
  readonly services?: readonly Service[]
  /** Whether a Dockerfile counts only where a service is built from it. */
  readonly servicesOnly?: boolean
  /** Whether what is for development counts as well. */
  readonly development?: boolean
  /** Whether an image that a service is built from is looked at alone as well. */
  readonly bareImages?: boolean
  /** What the caller says of the environment. */
  readonly given?: Given
  /** What the user says of production. */
  readonly shipping?: Shipping
  /** The one build to look at, instead of what the compose files and Dockerfiles are taken to build. */
  readonly build?: BuildChoice
}

/** What a call of `docker build` builds. */
export interface BuildChoice {
  /** The paths in the tree. */
  readonly dockerfile: string
  readonly context: string
  /** The last stage where absent. */
  readonly target?: string | undefined
  readonly args: BuildArgs
}

/** A project and what could not be read of it. */
export interface Reading {
  readonly project: Project
  readonly problems: readonly Problem[]
}

/** Puts the model of a project together from its files. Elixir files come parsed: their reader is loaded on demand. */
export function readProject(tree: Tree, elixir: readonly ElixirFile[], options: ReadOptions = {}): Reading {
  const entries = options.entries ?? []
  const named = options.build ? [options.build.dockerfile] : entries.filter(isDockerfile)
  const { shipping } = options
  const apps = mixApps(elixir.filter((file) => posix.basename(file.source.path) === 'mix.exs'))
  const code = codeOf(elixir.filter((file) => /(^|\/)lib\//.test(file.source.path)))
  const world = worldOf(tree, apps)
  const { services, problems, notes } = options.services
    ? { services: options.services, problems: [], notes: [] }
    : readServices(tree, entries, options.compose, shipping)
  const called = services.flatMap(({ build }) => build?.dockerfile ?? [])
  const written = services.flatMap(({ build }) => build?.inline ?? [])
  const dockerfiles = tree.sources
    .filter(({ path }) => (named.length > 0 ? named.includes(path) : isDockerfile(path) || called.includes(path)))
    .map((source) => parseDockerfile(source))
    .concat(named.length > 0 ? [] : written)

  const builds: Build[] = []
  const built = sharedBuilds(dockerfiles, world)
  const deployments: Deployment[] = []
  const reasons = [...notes]
  const deploy = (
    dockerfile: Dockerfile,
    context: string,
    stageOf: (stages: Dockerfile['stages']) => Stage | undefined,
    args: BuildArgs,
    service: Service | undefined,
  ) => {
    const build = built(dockerfile, context, args, service?.build?.contexts)
    const seen = build.context
    const stage = stageOf(dockerfile.stages)
    const ships = build.stages.find((built) => built.stage === stage)
    if (ships === undefined) return
    const deployment = deploymentOf({
      world,
      code,
      context: seen,
      dockerfile,
      build,
      ships,
      args,
      service,
      given: options.given,
      shipping,
    })
    if (!options.development && !(runsElixir(deployment) && isProduction(deployment, reasons))) return
    if (!builds.includes(build)) builds.push(build)
    deployments.push(deployment)
  }

  const likelyStage = (stages: Dockerfile['stages']) => shippingStage(stages, shipping?.target)
  const chosen = options.build
  const chosenFile = dockerfiles.find(({ source }) => source.path === chosen?.dockerfile)
  if (chosen && chosenFile) {
    const { target } = chosen
    deploy(
      chosenFile,
      chosen.context,
      target === undefined ? (stages) => stages.at(-1) : stageNamed(target),
      chosen.args,
      undefined,
    )
  }
  const inServices = new Set<string>()
  for (const service of chosen ? [] : services) {
    const dockerfile = dockerfileOf(service, dockerfiles, shipping)
    if (dockerfile === undefined) continue
    if (service.development !== undefined && !options.development) {
      reasons.push(`the service \`${service.name}\` is left out: ${service.development}`)
      continue
    }
    inServices.add(dockerfile.source.path)
    const context = service.build?.context ?? likelyContext(dockerfile, tree)
    const target = service.build?.target
    deploy(
      dockerfile,
      context,
      target === undefined ? likelyStage : stageNamed(target),
      service.build?.args ?? noBuildArgs,
      service,
    )
  }
  for (const dockerfile of chosen || options.servicesOnly ? [] : dockerfiles) {
    const { path } = dockerfile.source
    if (written.includes(dockerfile)) continue
    const word = developmentWordOf(path, shipping)
    if (inServices.has(path) && !options.bareImages) continue
    if (shipping?.purposeOf(path) === 'development')
      reasons.push(`${path} is left out: the settings say that it is for development`)
    else if (word !== undefined)
      reasons.push(`${path} is left out: \`${word}\` in its name says that it is not for production`)
    else deploy(dockerfile, likelyContext(dockerfile, tree), likelyStage, noBuildArgs, undefined)
  }
  reasons.push(...new Set(deployments.flatMap(limitsOf)))
  const names = new Set([...apps, ...services].map(({ name }) => name))
  const project: Project = {
    tree,
    dockerfiles,
    builds,
    services,
    apps,
    elixir: new Map(elixir.map((file) => [file.source.path, file])),
    code,
    deployments,
    notes: reasons,
    secrets: [
      ...secretSpans({ tree, dockerfiles }),
      ...elixir
        .filter(({ source }) => /(^|\/)config\//.test(source.path))
        .flatMap(({ source }) => secretsOfScript(source).map(({ value }) => value)),
      ...services.flatMap(secretsOfService),
      // The name of the app hides nothing as a password, and is all over what we say.
    ].filter((secret) => !names.has(textOf(secret))),
  }
  return {
    project,
    problems: [...dockerfiles.flatMap((one) => one.problems), ...elixir.flatMap(problemsOf), ...problems],
  }
}

/** Whoever writes code compiles it: where we cannot read it, that may be our own fault. */
const problemsOf = ({ source, problems }: ElixirFile): readonly Problem[] =>
  source.path.endsWith('.ex') ? problems.map((problem) => ({ ...problem, certainty: 'likely' })) : problems

const stageNamed = (target: string) => (stages: Dockerfile['stages']) =>
  stages.find(({ name }) => name === target.toLowerCase())

/** The secrets that a compose file writes out for a service. */
function secretsOfService({ declared, build }: Service): readonly Span[] {
  return [...declared, ...(build?.declaredArgs ?? [])].flatMap(({ name, written, valueSpan }) => {
    const part = valueSpan && secretIn(name, written)
    return part ? [span(valueSpan.source, valueSpan.start + part.start, valueSpan.start + part.end)] : []
  })
}

/** The Dockerfile that a service is built from, or that its image most likely comes from. */
function dockerfileOf(
  service: Service,
  dockerfiles: readonly Dockerfile[],
  shipping: Shipping | undefined,
): Dockerfile | undefined {
  const { dockerfile: path, inline } = service.build ?? {}
  if (inline) return dockerfiles.find((one) => one === inline)
  if (path !== undefined) return dockerfiles.find((one) => one.source.path === path)
  if (service.build || !service.looksLikeApp) return undefined
  const candidates = dockerfiles.filter(
    ({ source: { path: file } }) =>
      shipping?.purposeOf(file) !== 'development' && developmentWordOf(file, shipping) === undefined,
  )
  return candidates.length === 1 ? candidates[0] : undefined
}

/** Whether an image has anything to do with Elixir: a project may build its proxy and its database as well. */
function runsElixir({ build, start, release, dockerfile }: Deployment): boolean {
  const steps = [...(build?.steps ?? []), ...start]
  const isElixir = steps.some(({ command }) => command.kind === 'mix' || command.kind === 'release')
  return (
    isElixir || release !== undefined || dockerfile?.stages.some((stage) => /elixir/.test(stage.base.text)) === true
  )
}

/** Whether a deployment runs the app in production; where it does not, `reasons` learns why. */
function isProduction(deployment: Deployment, reasons: string[]): boolean {
  const { server, dockerfile, ships, span } = deployment
  const command = server?.command
  if (command?.kind === 'mix' && /^(dev|test)$/.test(command.mixEnv ?? '')) {
    if (dockerfile && ships && mixThere(dockerfile, ships) === 'no') return true
    reasons.push(`${placeName(span)} is left out: it runs \`mix ${command.task}\` with MIX_ENV=${command.mixEnv}`)
    return false
  }
  return true
}

/** The Elixir files that have a part in what the rules ask: mix.exs, config and code of the Mix projects of the tree. */
export function elixirSources(sources: readonly Source[]): readonly Source[] {
  const folders = sources.flatMap(({ path }) => (posix.basename(path) === 'mix.exs' ? [posix.dirname(path)] : []))
  const projects = new Set(['.', ...folders])
  return sources.filter(({ path }) => {
    const part = /^(?:(.*)\/)?(?:mix\.exs|config\/.*\.exs|lib\/.*\.ex|rel\/.*\.exs)$/.exec(path)
    return part !== null && projects.has(part[1] ?? '.')
  })
}
