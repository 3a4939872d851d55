import type { NamedText, TracedText } from '../../languages/compose/service-types.ts'
import type { PlatformBuild, PlatformCall, PlatformFile } from '../../languages/platforms/types.ts'
import type { Known } from '../../text/known.ts'
import { sameSpan, textOf } from '../../text/source.ts'
import { argOf } from '../follow/arg.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { developmentWordOf } from '../shipping/production.ts'
import type { Shipping } from '../shipping/shipping.ts'
import type { Connection } from './connection.ts'
import type { DeclaredVariable, Service, ServiceBuild } from './service.ts'

/** Where what platforms start is looked at. */
export interface CalledIn {
  /** What the user named, which stands for the others of its kind. */
  readonly entries: readonly string[]
  readonly apps: readonly MixApp[]
  readonly shipping: Shipping | undefined
}

/** What the files of platforms start, as services. */
export function calledServices(
  files: readonly PlatformFile[],
  { entries, apps, shipping }: CalledIn,
): readonly Service[] {
  const named = files.filter(({ path }) => entries.includes(path))
  const all = (named.length > 0 ? named : files).flatMap((file) =>
    file.calls.map((call) => serviceOf(call, file, shipping)),
  )
  const images = new Set(all.flatMap(({ image, looksLikeApp }) => (looksLikeApp && image ? [image.name] : [])))
  const isOurs = (name: string) => images.has(name) || apps.some((app) => isImageOf(name, app))
  return all.map((one) => (one.image && isOurs(one.image.name) ? { ...one, looksLikeApp: true } : one))
}

/** Whether an image has the name of an app, whatever stands around it: `ghcr.io/acme/my-app:1.2`. */
const isImageOf = (image: string, { name }: MixApp): boolean =>
  name !== undefined &&
  image
    .split('/')
    .at(-1)
    ?.replace(/[:@].*$/s, '')
    .replace(/-/g, '_') === name

function serviceOf(call: PlatformCall, file: PlatformFile, shipping: Shipping | undefined): Service {
  const { name, span, variables, open } = call
  const word = developmentWordOf(file.path, shipping)
  const given = new Map(variables.map((one) => [one.name, atValue(one)]))
  return {
    name,
    subject: call.subject,
    platform: file.platform,
    stack: file.path,
    span,
    region: call.region,
    image: call.image && { name: textFor(call.image) ?? '', span: call.image.span },
    build: call.build && serviceBuild(call.build),
    given,
    declared: variables.map(declared),
    envFiles: [],
    namedFiles: [],
    unread: file.damage,
    closed: {
      is: open === undefined && file.damage === undefined,
      why: open ?? 'the file cannot be read to its end',
      trail: [{ span, text: `${call.subject} does not get it`, isLacking: true }],
      never: new Set(variables.flatMap(({ name, value }) => (value.kind === 'unset' ? [name] : []))),
      isOfSecrets: call.isOpenForSecrets && file.damage === undefined,
      ...(call.always ? { always: call.always } : {}),
    },
    command: call.command?.map(({ value, span: at }) => argOf(value, at)),
    entrypoint: call.entrypoint?.map(({ value, span: at }) => argOf(value, at)),
    workingDir: call.workingDir,
    network: call.isShared ? 'pod' : undefined,
    connection: connectionOf(call),
    containerName: undefined,
    hostname: undefined,
    user: call.user,
    nofile: undefined,
    health: call.asked && {
      span: call.asked.span,
      disabled: false,
      argv: call.asked.words.map(({ value, span: at }) => argOf(value, at)),
      shell: false,
    },
    checks: call.checks,
    hooks: [],
    ports: call.ports.map(({ target, span: at }) => ({
      target,
      published: undefined,
      hostIp: undefined,
      protocol: 'tcp',
      span: at,
    })),
    copies: undefined,
    mounts: call.mounts.map(({ isNew = false, ...one }) => ({ ...one, type: 'volume', isBind: !isNew, isNew })),
    nonRoot: call.nonRoot,
    readOnly: call.readOnly,
    restart: undefined,
    dependsOn: [],
    looksLikeApp: (call.build === undefined && call.image === undefined) || looksLikeApp(given),
    development: developmentOf(call, file.path, word, shipping),
  }
}

const connectionOf = ({ connection, span }: PlatformCall): Connection => ({
  networks: connection?.networks.map((name) => ({ name, ipv6: false })) ?? [],
  names: connection?.names ?? [],
  ownNames: [],
  span,
  open: connection ? connection.open : 'the network of the platform is not here',
})

const looksLikeApp = (given: ReadonlyMap<string, unknown>): boolean =>
  ['SECRET_KEY_BASE', 'PHX_HOST', 'DATABASE_URL'].some((name) => given.has(name))

function developmentOf(
  { name }: PlatformCall,
  path: string,
  word: string | undefined,
  shipping: Shipping | undefined,
): string | undefined {
  const ships = shipping?.services ?? []
  if (ships.length > 0)
    return ships.includes(name) ? undefined : `the settings say that \`${ships.join('`, `')}\` ships`
  if (shipping?.purposeOf(path) === 'development') return `the settings say that ${path} is for development`
  return word && `\`${word}\` in the name of the file says that it is not for production`
}

/** A build of a platform, as that of a service. */
export const serviceBuild = (build: PlatformBuild): ServiceBuild => ({
  context: build.context?.folder,
  dockerfile: build.dockerfile.path,
  inline: undefined,
  contexts: new Map(),
  target: build.target && textFor(build.target),
  spans: {
    context: build.context?.span ?? build.span,
    dockerfile: build.dockerfile.span,
    target: build.target?.span ?? build.span,
  },
  args: new Map(build.args.map((one) => [one.name, atValue(one)])),
  declaredArgs: build.args.map(declared),
  platforms: build.platforms.map((one) => ({ name: textFor(one) ?? '', span: one.span })),
  span: build.span,
})

/** The value of a variable, with the trail leading to the value and not to the name. */
function atValue({ value, nameSpan, span }: NamedText): Known<string> {
  const trail = value.trail.map((label) => (sameSpan(label.span, nameSpan) ? { ...label, span } : label))
  return { ...value, trail }
}

const declared = ({ name, value, nameSpan, span }: NamedText): DeclaredVariable => {
  const isWritten = !sameSpan(span, nameSpan)
  return {
    name,
    value,
    span: nameSpan,
    valueSpan: isWritten ? span : undefined,
    written: isWritten ? textOf(span) : '',
    isLiteral: true,
  }
}

const textFor = ({ value }: TracedText): string | undefined => (value.kind === 'known' ? value.value : undefined)
