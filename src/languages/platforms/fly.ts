import { posix } from 'node:path'
import { known, unknown } from '../../text/known.ts'
import { type Source, type Span, span, wholeOf } from '../../text/source.ts'
import { pairsOf } from '../compose/service/environment.ts'
import { itemsAt, mapsAt, numberAt, scalarAt, textAt, tracedAt } from '../compose/service/values.ts'
import type { NamedText } from '../compose/service-types.ts'
import { readToml } from '../toml/read.ts'
import { mapAt, valueAt, type YamlMap } from '../yaml/node.ts'
import { plainCall, plainCheck } from './plain.ts'
import type { PlatformBuild, PlatformCall, PlatformCheck, PlatformFile } from './types.ts'
import { wordsOf } from './words.ts'

const always =
  /^(FLY_(APP_NAME|REGION|ALLOC_ID|MACHINE_ID|MACHINE_VERSION|PRIVATE_IP|PUBLIC_IP|IMAGE_REF|PROCESS_GROUP|VM_MEMORY_MB)|PRIMARY_REGION)$/

const secrets = '`fly secrets` may set it'

/** What the fly.toml files of a tree start. */
export const readFlies = (sources: readonly Source[], isThere: (path: string) => boolean): readonly PlatformFile[] =>
  sources.map((source) => readFly(source, isThere))

/** What a fly.toml starts: its process groups and its release command (fly.io, "App configuration"). */
export function readFly(source: Source, isThere: (path: string) => boolean): PlatformFile {
  const file = { platform: 'fly', path: source.path } as const
  const read = readToml(source)
  if (read.kind === 'broken') return { ...file, calls: [], builds: [], leftOut: [], damage: read.problem }
  const { root } = read
  const build = mapAt(root, 'build')
  if (build && textAt(build, 'dockerfile') === undefined && isOtherBuild(build)) {
    const reason = 'Fly.io builds it without a Dockerfile'
    return { ...file, calls: [], builds: [], damage: undefined, leftOut: [{ what: source.path, reason }] }
  }
  const command = releaseCommand(root, source, isThere)
  return {
    ...file,
    calls: [...processesOf(root, source, isThere), ...(command ? [command] : [])],
    builds: [],
    damage: undefined,
    leftOut: [],
  }
}

const isOtherBuild = (build: YamlMap): boolean =>
  ['builder', 'buildpacks', 'builtin'].some((key) => valueAt(build, key) !== undefined)

/** What all containers of an app share. */
function sharedOf(root: YamlMap, source: Source, isThere: (path: string) => boolean) {
  const experimental = mapAt(root, 'experimental')
  return {
    ...plainCall,
    image: mapAt(root, 'build') && tracedAt(mapAt(root, 'build') ?? root, 'image'),
    build: buildOf(root, source, isThere),
    variables: pairsOf(mapAt(root, 'env')),
    open: secrets,
    isOpenForSecrets: true,
    always,
    entrypoint: experimental && wordsOf(valueAt(experimental, 'entrypoint')),
  }
}

/** The build of an app: by the Dockerfile that it names, or the one beside fly.toml. */
function buildOf(root: YamlMap, source: Source, isThere: (path: string) => boolean): PlatformBuild | undefined {
  const build = mapAt(root, 'build')
  const folder = posix.dirname(source.path) === '.' ? '' : posix.dirname(source.path)
  const named = build && tracedAt(build, 'dockerfile')
  const name = named?.value.kind === 'known' ? named.value.value : 'Dockerfile'
  const path = posix.join(folder, name)
  if (build && scalarAt(build, 'image')) return undefined
  if (named === undefined && !isThere(path)) return undefined
  const at = named?.span ?? build?.span ?? span(source, 0, 0)
  return {
    // `fly deploy` takes the folder in which it is called, which is the one of fly.toml unless `-c` names the file.
    context: posix.dirname(path) === (folder || '.') ? { folder, span: at } : undefined,
    dockerfile: { path, span: at },
    target: build && tracedAt(build, 'build-target'),
    args: pairsOf(build && mapAt(build, 'args')),
    platforms: [],
    span: at,
  }
}

function processesOf(root: YamlMap, source: Source, isThere: (path: string) => boolean): readonly PlatformCall[] {
  const groups = [...(mapAt(root, 'processes')?.entries.values() ?? [])]
  const shared = sharedOf(root, source, isThere)
  const experimental = mapAt(root, 'experimental')
  const command = experimental && wordsOf(valueAt(experimental, 'cmd'))
  const named = scalarAt(root, 'app')
  const single = { key: 'app', keySpan: named?.span ?? span(source, 0, 0), value: undefined }
  return (groups.length > 0 ? groups : [single]).map(({ key, keySpan, value }): PlatformCall => {
    const isOwn = (part: YamlMap) => {
      const names = itemsAt(part, 'processes').flatMap((item) => (item.kind === 'scalar' ? [item.text] : []))
      return groups.length === 0 || (names.length === 0 ? key === 'app' || groups.length === 1 : names.includes(key))
    }
    const routed = routesOf(root).filter(isOwn)
    return {
      ...shared,
      name: key,
      subject: groups.length > 0 ? `the process \`${key}\` on Fly.io` : 'the app on Fly.io',
      span: keySpan,
      region: groups.length > 0 ? keySpan : wholeOf(source),
      command: wordsOf(value) ?? command,
      ports: routed.flatMap((one) => portOf(one)),
      checks: [...routed.flatMap(checksOf), ...ownChecks(root).filter(isOwn).flatMap(checkOf)],
      mounts: mountsOf(root).filter(isOwn).flatMap(mountOf),
    }
  })
}

/** The command that a machine of its own executes before a new version starts, with the environment of the app. */
function releaseCommand(root: YamlMap, source: Source, isThere: (path: string) => boolean): PlatformCall | undefined {
  const deploy = mapAt(root, 'deploy')
  const node = deploy && scalarAt(deploy, 'release_command')
  const command = wordsOf(node)
  if (node === undefined || command === undefined) return undefined
  const shared = sharedOf(root, source, isThere)
  return {
    ...shared,
    name: 'release_command',
    subject: 'the release command on Fly.io',
    span: node.span,
    region: node.span,
    command,
    variables: [...shared.variables, givenAt(node.span)],
  }
}

const givenAt = (at: Span): NamedText => ({
  name: 'RELEASE_COMMAND',
  nameSpan: at,
  span: at,
  value: known('1', [{ span: at, text: 'Fly.io sets `RELEASE_COMMAND` for it' }]),
})

/** Where requests come in: `http_service`, and `services`. */
const routesOf = (root: YamlMap): readonly YamlMap[] => [
  ...[mapAt(root, 'http_service')].filter((one) => one !== undefined),
  ...mapsAt(root, 'services'),
]

function portOf(route: YamlMap): PlatformCall['ports'] {
  const target = numberAt(route, 'internal_port')
  const at = scalarAt(route, 'internal_port')?.span
  return target === undefined || at === undefined ? [] : [{ target, span: at }]
}

/** The HTTP checks of a route. */
const checksOf = (route: YamlMap): readonly PlatformCheck[] =>
  [...mapsAt(route, 'checks'), ...mapsAt(route, 'http_checks')].flatMap(checkOf)

const ownChecks = (root: YamlMap): readonly YamlMap[] =>
  [...(mapAt(root, 'checks')?.entries.values() ?? [])].flatMap(({ value }) =>
    value.kind === 'map' && textAt(value, 'type') === 'http' ? [value] : [],
  )

function checkOf(check: YamlMap): readonly PlatformCheck[] {
  const path = scalarAt(check, 'path')
  if (!path?.text.startsWith('/')) return []
  const port = tracedAt(check, 'port')?.value ?? unknown('it is the port of the service')
  const headers = pairsOf(mapAt(check, 'headers')).flatMap(({ name, value }) =>
    value.kind === 'known' ? [`${name}: ${value.value}`] : [],
  )
  return [{ ...plainCheck(path, port), headers, isTls: textAt(check, 'protocol') === 'https' }]
}

const mountsOf = (root: YamlMap): readonly YamlMap[] => {
  const mounts = valueAt(root, 'mounts')
  return mounts?.kind === 'map' ? [mounts] : mapsAt(root, 'mounts')
}

function mountOf(mount: YamlMap): PlatformCall['mounts'] {
  const target = scalarAt(mount, 'destination')
  return target ? [{ target: target.text, from: textAt(mount, 'source'), span: target.span }] : []
}
