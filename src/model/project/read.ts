import { posix } from 'node:path'
import { isDockerfile, meansDockerfile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { readDockerfile } from '../../languages/dockerfile/damage.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import { parseDockerignore } from '../../languages/dockerignore/dockerignore.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import { breakIn } from '../../text/damage.ts'
import { inLanguage, type SyntaxProblem } from '../../text/diagnostic.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'
import { worldOf } from '../follow/frame.ts'
import { codeOf } from '../phoenix/code.ts'
import { mixApps } from '../phoenix/mix.ts'
import { secretsOfScript } from '../secrets/script-secrets.ts'
import { secretIn, secretSpans } from '../secrets/secrets.ts'
import { type ComposeChoice, readServices } from '../services/read-services.ts'
import type { Service } from '../services/service.ts'
import type { Given } from '../shipping/given.ts'
import { developmentWordOf } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { deploymentsOf } from './deployments.ts'
import { limitsOf } from './limits.ts'
import type { Project } from './project.ts'
import { chooseTargets, type Wanted } from './targets.ts'

/** What the caller wants looked at. */
export interface ReadOptions {
  /** Paths that the user named; a Dockerfile or compose file among them stands for all others of its kind. */
  readonly entries?: readonly string[]
  readonly compose?: ComposeChoice
  /** The services, where the caller has read the compose project; it is not read again then. */
  readonly services?: readonly Service[]
  /** Where absent all that is for production: the services, and the images that none of them is built from. */
  readonly wanted?: Wanted
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

const production: Wanted = { of: 'project', images: 'unserved', development: false }

/** Puts the model of a project together from its files. Elixir files come parsed: their reader is loaded on demand. */
export function readProject(tree: Tree, elixir: readonly ElixirFile[], options: ReadOptions = {}): Reading {
  const { entries = [], wanted = production, shipping, given } = options
  const apps = mixApps(elixir.filter((file) => posix.basename(file.source.path) === 'mix.exs'))
  const sources = elixir.filter((file) => /(^|\/)lib\//.test(file.source.path))
  // A file that cannot be read may hold anything that the others ask for: then no code is in view.
  const code = codeOf(sources.some((file) => file.problems.length > 0) ? [] : sources)
  const { services, problems, unread } = options.services
    ? { services: options.services, problems: [], unread: undefined }
    : readServices(tree, entries, options.compose, shipping)
  const named = wanted.of === 'build' ? [wanted.build.dockerfile] : entries.filter(meansDockerfile)
  const dockerfiles = dockerfilesOf(tree, services, named)
  const choices = chooseTargets({ tree, services, dockerfiles, shipping }, wanted)
  const development = wanted.of === 'project' && wanted.development
  const world = worldOf(tree, apps)
  const around = { world, code, given, shipping, unread }
  const { builds, deployments, leftOut, withoutMixEnv } = deploymentsOf(choices, around, development)
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
    leftOut,
    withoutMixEnv,
    shipping,
    limits: [...new Set(deployments.flatMap(limitsOf))],
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
    problems: [
      ...dockerfiles.flatMap((one) => one.problems),
      ...elixir.flatMap(problemsOfElixir),
      ...tree.sources.flatMap(problemOfIgnore),
      ...inLanguage('shell', [...(world.unread?.values() ?? [])]),
      ...problems,
    ].map((problem) => (isLeftOut(problem, shipping) ? { ...problem, certainty: 'likely' as const } : problem)),
  }
}

/** Whoever writes code compiles it: where we cannot read it, that may be our own fault. */
const problemsOfElixir = ({ source, problems }: ElixirFile): readonly SyntaxProblem[] =>
  source.path.endsWith('.ex') && !breakIn(source)
    ? problems.map((problem) => ({ ...problem, readElsewhere: true }))
    : problems

/** Docker refuses a build whose ignore file it cannot read. */
const problemOfIgnore = (source: Source): readonly SyntaxProblem[] =>
  /\.dockerignore$/.test(source.path) ? inLanguage('dockerfile', parseDockerignore(source).problems.slice(0, 1)) : []

/** Whether a file that cannot be read has no part in production. */
const isLeftOut = ({ span: at }: SyntaxProblem, shipping: Shipping | undefined): boolean =>
  shipping?.purposeOf(at.source.path) === 'development' || developmentWordOf(at.source.path, shipping) !== undefined

/** The Dockerfiles of a tree and of its compose files; where some are `named`, these alone. */
function dockerfilesOf(tree: Tree, services: readonly Service[], named: readonly string[]): readonly Dockerfile[] {
  if (named.length > 0) return tree.sources.filter(({ path }) => named.includes(path)).map(readDockerfile)
  const called = new Set(services.flatMap(({ build }) => build?.dockerfile ?? []))
  const inline = services.flatMap(({ build }) => build?.inline ?? [])
  const files = tree.sources.filter(({ path }) => isDockerfile(path) || called.has(path))
  return [...files.map(readDockerfile), ...inline]
}

/** The secrets that a compose file writes out for a service. */
function secretsOfService({ declared, build }: Service): readonly Span[] {
  return [...declared, ...(build?.declaredArgs ?? [])].flatMap(({ name, written, valueSpan }) => {
    const part = valueSpan && secretIn(name, written)
    return part ? [span(valueSpan.source, valueSpan.start + part.start, valueSpan.start + part.end)] : []
  })
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
