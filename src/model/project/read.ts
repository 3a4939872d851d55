import { posix } from 'node:path'
import { ownFiles } from '../../files/folders.ts'
import { isDockerfile, meansDockerfile } from '../../files/names.ts'
import { besideCode, type Tree } from '../../files/tree.ts'
import type { ComposeProject } from '../../languages/compose/types.ts'
import { readDockerfile } from '../../languages/dockerfile/damage.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import { parseDockerignore } from '../../languages/dockerignore/dockerignore.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import type { PlatformFile } from '../../languages/platforms/types.ts'
import { breakIn } from '../../text/damage.ts'
import { inLanguage, type Problem, type SyntaxProblem } from '../../text/diagnostic.ts'
import { oncePer } from '../../text/once.ts'
import { type Source, sameSpan, textOf } from '../../text/source.ts'
import { allSteps, type Steps } from '../../text/steps.ts'
import { worldOf } from '../follow/frame.ts'
import { belongingTo } from '../phoenix/belongs.ts'
import { type Code, codeOf } from '../phoenix/code.ts'
import { type MixApp, mixApps } from '../phoenix/mix.ts'
import { secretsOfScript } from '../secrets/script-secrets.ts'
import { secretSpans } from '../secrets/secrets.ts'
import { calledServices } from '../services/called-services.ts'
import { type ComposeChoice, type ComposeReading, readComposeProjects } from '../services/compose-projects.ts'
import { type ImageBuild, imageBuilds } from '../services/image-build.ts'
import type { Service } from '../services/service.ts'
import { secretsOfBuild, secretsOfService } from '../services/service-secrets.ts'
import { servicesOf } from '../services/services-of.ts'
import { toldApart } from '../services/told-apart.ts'
import type { Given } from '../shipping/given.ts'
import { developmentWordOf } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { deploymentsOf } from './deployments.ts'
import { limitsOf } from './limits.ts'
import type { Project } from './project.ts'
import { chooseTargets, leftOutOf, type WantedTargets } from './targets.ts'

/** What the caller wants looked at. */
export interface ReadOptions {
  /** Paths that the user named; a Dockerfile or compose file among them stands for all others of its kind. */
  readonly entries?: readonly string[]
  readonly compose?: ComposeChoice
  /** The services, where the caller has read the compose projects; they are not read again then. */
  readonly services?: readonly Service[]
  /** What the files of platforms say, where they have been read. */
  readonly platforms?: readonly PlatformFile[]
  /** Where absent all that is for production: the services, and the images that none of them is built from. */
  readonly wanted?: WantedTargets
  /** What the caller says of the environment. */
  readonly given?: Given
  /** What the user says of production. */
  readonly shipping?: Shipping
}

/** A project and what could not be read of it. */
export interface Reading {
  readonly project: Project
  readonly problems: readonly SyntaxProblem[]
}

const production: WantedTargets = { of: 'project', images: 'unserved', development: false }

/** Puts the model of a project together from its files. Elixir files come parsed: their reader is loaded on demand. */
export const readProject = (tree: Tree, elixir: readonly ElixirFile[], options: ReadOptions = {}): Reading =>
  allSteps(readingOf(tree, elixir, options))

/** The same in steps. */
export function* readingOf(tree: Tree, elixir: readonly ElixirFile[], options: ReadOptions): Steps<Reading> {
  const { entries = [], wanted = production, shipping, given } = options
  const apps = mixApps(elixir.filter((file) => posix.basename(file.source.path) === 'mix.exs'))
  const codeOfApp = codeIn(elixir, apps, tree)
  const compose = options.services
    ? noCompose
    : readComposeProjects({ tree, entries, choice: options.compose, shipping })
  const platforms = wanted.of === 'project' ? (options.platforms ?? []) : []
  const services = [
    ...(options.services ??
      toldApart(compose.projects.flatMap((one) => servicesOf(one, options.compose?.root, shipping)))),
    ...calledServices(platforms, { entries, apps, shipping }),
  ]
  const builds = imageBuilds(platforms)
  yield
  const named = wanted.of === 'build' ? [wanted.build.dockerfile] : entries.filter(meansDockerfile)
  const dockerfiles = dockerfilesOf(tree, services, builds, named)
  yield
  const chosen = [
    ...platforms.flatMap(leftOutOf),
    ...chooseTargets({ tree, services, dockerfiles, shipping, imageBuilds: builds }, wanted),
  ]
  const development = wanted.of === 'project' && wanted.development
  const world = worldOf(tree, apps)
  const around = { world, codeOf: codeOfApp, given, shipping, unreadOf: unreadIn(compose, tree) }
  yield
  const made = yield* deploymentsOf(chosen, around, development)
  yield
  const names = new Set([...apps, ...services].map(({ name }) => name))
  const project: Project = {
    tree,
    dockerfiles,
    services,
    imageBuilds: builds,
    apps,
    elixir: new Map(elixir.map((file) => [file.source.path, file])),
    code: codeOfApp(undefined),
    ...made,
    choices: [...compose.notes, ...made.choices],
    shipping,
    limits: [...new Set(made.deployments.flatMap(limitsOf))],
    secrets: [
      ...secretSpans({ tree, dockerfiles }),
      ...elixir
        .filter(({ source }) => /(^|\/)config\//.test(source.path))
        .flatMap(({ source }) => secretsOfScript(source).map(({ value }) => value)),
      ...services.flatMap(secretsOfService).map(({ value }) => value),
      ...builds.flatMap(({ build }) => secretsOfBuild(build)).map(({ value }) => value),
      // The name of the app hides nothing as a password, and is all over what we say.
    ].filter((secret) => !names.has(textOf(secret))),
  }
  return {
    project,
    problems: [
      ...dockerfiles.flatMap((one) => one.problems),
      ...elixir.flatMap(problemsOfElixir),
      ...besideCode(tree).flatMap(problemOfIgnore),
      ...inLanguage('shell', [...(world.unread?.values() ?? [])]),
      ...compose.projects.flatMap(({ problems }) => problems),
      ...compose.projects.flatMap(namelessIn),
    ].map((problem) => (isLeftOut(problem, shipping) ? { ...problem, certainty: 'likely' as const } : problem)),
  }
}

/** Variables without a name, which Compose passes on: it is Docker that takes none. */
const namelessIn = ({ services, problems }: ComposeProject): readonly SyntaxProblem[] =>
  [...services.values()]
    .flatMap(({ environment }) => environment.filter(({ name }) => name === ''))
    .filter(({ nameSpan }, index, all) => all.findIndex((one) => sameSpan(one.nameSpan, nameSpan)) === index)
    .filter(({ nameSpan }) => !problems.some(({ span }) => sameSpan(span, nameSpan)))
    .map(({ nameSpan }) => ({
      language: 'compose',
      span: nameSpan,
      message: 'a variable without a name: Docker refuses to start the container',
    }))

/** Whoever writes code compiles it: where we cannot read it, that may be our own fault. */
const problemsOfElixir = ({ source, problems }: ElixirFile): readonly SyntaxProblem[] =>
  source.path.endsWith('.ex') && !breakIn(source)
    ? problems.map((problem) => ({ ...problem, readElsewhere: true }))
    : problems

/** The code of a project, or of one of its apps. */
function codeIn(elixir: readonly ElixirFile[], apps: readonly MixApp[], tree: Tree): (app: MixApp | undefined) => Code {
  const files = elixir.filter((file) => /(^|\/)lib\//.test(file.source.path))
  const whole = codeOf(files)
  const ofApp = oncePer((app: MixApp) => {
    const belongs = belongingTo(app, apps, tree)
    const own = files.filter(({ source }) => belongs(source.path))
    return own.length === files.length ? whole : codeOf(own)
  })
  return (app) => (app ? ofApp(app) : whole)
}

const noCompose: ComposeReading = { projects: [], notes: [] }

/** Why nothing is known of what starts an image alone: a compose file that may run it cannot be read to its end. */
const unreadIn =
  ({ projects }: ComposeReading, tree: Tree) =>
  (dockerfile: string): Problem | undefined =>
    projects.find(
      ({ damages, composeFiles: [main = ''] }) => damages.length > 0 && ownFiles(main, [dockerfile], tree).length > 0,
    )?.damages[0]

/** Docker refuses a build whose ignore file it cannot read. */
const problemOfIgnore = (source: Source): readonly SyntaxProblem[] =>
  /\.dockerignore$/.test(source.path) ? inLanguage('dockerfile', parseDockerignore(source).problems.slice(0, 1)) : []

/** Whether a file that cannot be read has no part in production. */
const isLeftOut = ({ span: at }: SyntaxProblem, shipping: Shipping | undefined): boolean =>
  shipping?.purposeOf(at.source.path) === 'development' || developmentWordOf(at.source.path, shipping) !== undefined

/** The Dockerfiles of a tree and of its compose files; where some are `named`, these alone. */
function dockerfilesOf(
  tree: Tree,
  services: readonly Service[],
  builds: readonly ImageBuild[],
  named: readonly string[],
): readonly Dockerfile[] {
  if (named.length > 0) return tree.sources.filter(({ path }) => named.includes(path)).map(readDockerfile)
  const called = new Set([...services, ...builds].flatMap(({ build }) => build?.dockerfile ?? []))
  const inline = services.flatMap(({ build }) => build?.inline ?? [])
  const files = tree.sources.filter(({ path }) => isDockerfile(path) || called.has(path))
  return [...files.map(readDockerfile), ...inline]
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
