import { posix } from 'node:path'
import type { ComposeService, EnvironmentEntry, TracedText } from '../../languages/compose/service-types.ts'
import type { ComposeProject } from '../../languages/compose/types.ts'
import { hidden } from '../../text/damage.ts'
import type { Problem } from '../../text/diagnostic.ts'
import type { Known } from '../../text/known.ts'
import { textOf } from '../../text/source.ts'
import { type Arg, argOf } from '../follow/arg.ts'
import { developmentWord, developmentWordOf, isProduction } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import { connectionOf } from './connection.ts'
import { inlineDockerfile } from './inline-dockerfile.ts'
import { isServerImage } from './known-server.ts'
import { filesOf, mountsOf } from './mounts.ts'
import { namedFilesOf } from './named-files.ts'
import type { DeclaredVariable, Service, ServiceBuild, ServiceHealth } from './service.ts'

/** The active services of a compose project that has been read. `root`: the absolute path of the tree's root. */
export function servicesOf(project: ComposeProject, root?: string, shipping?: Shipping): readonly Service[] {
  const marked = project.composeFiles.find((path) => shipping?.purposeOf(path) === 'development')
  const word = project.composeFiles.map((path) => developmentWordOf(path, shipping)).find((one) => one !== undefined)
  const reason = marked
    ? `the settings say that ${marked} is for development`
    : word && `\`${word}\` in the name of the compose file says that it is not for production`
  const [stack = ''] = project.composeFiles
  return [...project.services.values()].map((service) =>
    serviceOf(service, project, stack, unreadIn(service, project), reason, root, shipping),
  )
}

/** What cannot be read of a service: the damage between its key and the next one, or of a file that may add to it. */
function unreadIn({ nameSpan, definitions }: ComposeService, project: ComposeProject): Problem | undefined {
  const { source, start } = nameSpan
  const keys = [...project.services.values(), ...project.disabled.values()].map((one) => one.nameSpan)
  const next = Math.min(
    ...keys.flatMap((key) => (key.source.path === source.path && key.start > start ? [key.start] : [])),
  )
  return project.damages.find(({ span: at }) =>
    at.source.path === source.path
      ? at.start >= start && at.start < next
      : project.composeFiles.includes(at.source.path) ||
        definitions.some(({ span }) => span.source.path === at.source.path),
  )
}

function serviceOf(
  service: ComposeService,
  project: ComposeProject,
  stack: string,
  damage: Problem | undefined,
  reason: string | undefined,
  root: string | undefined,
  shipping: Shipping | undefined,
): Service {
  const ships = shipping?.services ?? []
  const given = new Map(service.environment.map((entry): [string, Known<string>] => [entry.name, givenBy(entry)]))
  const missing = service.envFiles.find((file) => file.source === undefined)
  const build = service.build && buildOf(service, root)
  const hides = damage ?? service.damage
  // What is not given may stand where nobody can read it.
  const unseen = damage && [argOf(hidden(damage), damage.span)]
  return {
    name: service.name,
    subject: `the service \`${service.name}\``,
    platform: undefined,
    stack,
    span: service.nameSpan,
    region: undefined,
    image: service.image && { name: textFor(service.image) ?? '', span: service.image.span },
    build,
    given,
    declared: service.environment.map(declared),
    envFiles: service.envFiles.flatMap(({ path, span, source, required, format }) =>
      required ? [{ path: posix.normalize(path), span, isThere: source !== undefined, isRaw: format === 'raw' }] : [],
    ),
    namedFiles: namedFilesOf(service, project),
    unread: damage,
    closed: {
      is: service.closed && missing === undefined && hides === undefined,
      ...(hides ? { unread: hides } : {}),
      why: missing ? `\`${missing.path}\` is not here` : 'not all that gives it is here',
      trail: [{ span: service.nameSpan, text: `the service \`${service.name}\` does not set it`, isLacking: true }],
    },
    command: service.command?.map(argFor) ?? unseen,
    entrypoint: service.entrypoint?.map(argFor) ?? unseen,
    workingDir: service.workingDir && textFor(service.workingDir),
    network: service.networkMode && textFor(service.networkMode),
    containerName: service.containerName,
    nonRoot: undefined,
    hostname: service.hostname && textFor(service.hostname),
    user: service.user,
    nofile: nofileOf(service),
    health:
      healthOf(service) ?? (unseen && damage && { span: damage.span, disabled: false, argv: unseen, shell: false }),
    checks: [],
    hooks: [...service.postStart, ...service.preStop].flatMap(({ command }) => (command ? [command.map(argFor)] : [])),
    ports: service.ports.flatMap((port) =>
      port.target.kind !== 'known'
        ? []
        : [
            {
              target: port.target.value,
              published: port.published.kind === 'known' ? port.published.value : undefined,
              hostIp: port.hostIp,
              protocol: port.protocol,
              span: port.span,
            },
          ],
    ),
    copies: copiesOf(service),
    connection: connectionOf(service, project),
    mounts: mountsOf(service, project),
    ...(hides ? {} : { files: filesOf(service) }),
    readOnly: service.readOnly?.span,
    restart: service.restart && textFor(service.restart),
    dependsOn: service.dependsOn,
    looksLikeApp:
      (given.has('SECRET_KEY_BASE') || given.has('PHX_HOST') || given.has('DATABASE_URL')) &&
      !(service.image && isServerImage(textFor(service.image) ?? '')),
    development:
      ships.length === 0
        ? (reason ?? developmentOf(service, build, given, shipping))
        : ships.includes(service.name)
          ? undefined
          : `the settings say that \`${ships.join('`, `')}\` ships`,
  }
}

function developmentOf(
  service: ComposeService,
  build: ServiceBuild | undefined,
  given: ReadonlyMap<string, Known<string>>,
  shipping: Shipping | undefined,
): string | undefined {
  const target = service.build?.target && textFor(service.build.target)
  const inTarget = target === undefined ? undefined : developmentWord(target)
  if (inTarget !== undefined) return `its target is \`${target}\``
  const dockerfile = service.build?.dockerfile && textFor(service.build.dockerfile)
  const marked = build?.dockerfile === undefined ? undefined : shipping?.purposeOf(build.dockerfile)
  if (marked === undefined && dockerfile !== undefined && developmentWord(dockerfile) !== undefined)
    return `it is built from \`${dockerfile}\``
  const mixEnv = given.get('MIX_ENV')
  if (mixEnv?.kind === 'known' && !isProduction(mixEnv.value)) return `its MIX_ENV is \`${mixEnv.value}\``
  const stage =
    mixEnv === undefined &&
    [...given].find(
      ([name, value]) =>
        /^(APP|DEPLOY|\w{3,})_ENV$/.test(name) &&
        value.kind === 'known' &&
        /^(dev(elopment)?|local)$/i.test(value.value),
    )
  if (stage && stage[1].kind === 'known') return `its ${stage[0]} is \`${stage[1].value}\``
  const [envFile, ...more] = service.envFiles.map(({ path }) => posix.basename(path))
  if (envFile !== undefined && [envFile, ...more].every((one) => developmentWord(one) !== undefined))
    return `its env file is \`${envFile}\``
  const bound = service.volumes.flatMap(({ type, source }) => (type === 'bind' ? posix.basename(source ?? '') : []))
  if (bound.includes('lib') && bound.some((name) => /^(mix\.exs|test)$/.test(name)))
    return 'it mounts the sources of the working copy'
  const profile = service.profiles.length > 0 && service.profiles.every((one) => developmentWord(one) !== undefined)
  return profile ? `its profile is \`${service.profiles.join('`, `')}\`` : undefined
}

function buildOf(service: ComposeService, root: string | undefined): ServiceBuild | undefined {
  const { build } = service
  if (build === undefined) return undefined
  const local = folderIn(textFor(build.context), root)
  const dockerfile = build.dockerfile ? textFor(build.dockerfile) : undefined
  return {
    context: local,
    dockerfile: local === undefined || dockerfile === undefined ? undefined : posix.join(local, dockerfile),
    inline: build.dockerfileInline && inlineDockerfile(build.dockerfileInline),
    contexts: new Map(
      build.additionalContexts.map(({ name, value, span }) => {
        const folder = value.kind === 'known' ? folderIn(value.value, root) : undefined
        return [name, { folder, span }]
      }),
    ),
    target: build.target && textFor(build.target),
    spans: {
      context: build.context.span,
      dockerfile: (build.dockerfile ?? build.context).span,
      target: (build.target ?? build.context).span,
    },
    args: new Map(build.args.map((entry): [string, Known<string>] => [entry.name, entry.value])),
    declaredArgs: build.args.map(declared),
    platforms: (build.platforms.length > 0 ? build.platforms : service.platform ? [service.platform] : []).map(
      (one) => ({
        name: textFor(one) ?? '',
        span: one.span,
      }),
    ),
    span: build.span,
  }
}

/** The folder of the tree that `written` means, relative to its root; undefined where it means none: one outside, a URL, an image. */
function folderIn(written: string | undefined, root: string | undefined): string | undefined {
  const path = written?.startsWith('/') && root !== undefined ? posix.relative(root, written) : written
  if (path === undefined || /^[\w-]+:(\/\/|\w)|^git@|^github\.com\/|^\.\.(\/|$)|^\//.test(path)) return undefined
  return posix.normalize(path).replace(/^\.(\/|$)|\/$/g, '')
}

/** Swarm takes no service without an image that is named. */
function copiesOf({ scale, deployReplicas, scaleSpan, image, forSwarm }: ComposeService): Service['copies'] {
  const count = scale ?? deployReplicas ?? 1
  if (count < 2 || scaleSpan === undefined) return undefined
  const by = scale !== undefined ? 'compose' : forSwarm ? 'swarm' : image === undefined ? 'compose' : 'either'
  return { count, span: scaleSpan, by }
}

function nofileOf({ ulimits }: ComposeService): Service['nofile'] {
  const limit = ulimits.find(({ name }) => name === 'nofile')
  const value = Number(limit && textFor(limit.soft))
  return limit && Number.isInteger(value) ? { value, span: limit.span } : undefined
}

function healthOf(service: ComposeService): ServiceHealth | undefined {
  const { healthcheck } = service
  if (healthcheck === undefined) return undefined
  const [kind, ...rest] = healthcheck.test ?? []
  const word = kind && textFor(kind)
  return {
    span: healthcheck.span,
    disabled: healthcheck.disable || word === 'NONE',
    argv: rest.map(argFor),
    shell: word === 'CMD-SHELL',
  }
}

/** What a container is given: what is put together from variables of the shell may be empty, and is set. */
const givenBy = ({ value, passedThrough }: EnvironmentEntry): Known<string> =>
  value.kind === 'unknown' && !passedThrough ? { ...value, isSet: true } : value

const declared = (entry: EnvironmentEntry): DeclaredVariable => ({
  name: entry.name,
  value: entry.value,
  span: entry.nameSpan,
  valueSpan: entry.passedThrough ? undefined : entry.span,
  written: entry.passedThrough ? '' : textOf(entry.span),
  isLiteral: false,
})

const textFor = (traced: TracedText): string | undefined =>
  traced.value.kind === 'known' ? traced.value.value : undefined
const argFor = (traced: TracedText): Arg => argOf(traced.value, traced.span)
