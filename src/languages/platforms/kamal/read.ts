import { posix } from 'node:path'
import { unknown } from '../../../text/known.ts'
import { type Source, type Span, wholeOf } from '../../../text/source.ts'
import { pairsOf } from '../../compose/service/environment.ts'
import { numberAt, scalarAt, scalarsOf, textAt, tracedAt } from '../../compose/service/values.ts'
import type { TracedText } from '../../compose/service-types.ts'
import { loadYaml } from '../../yaml/load.ts'
import { isNull, mapAt, valueAt, type YamlMap } from '../../yaml/node.ts'
import { damageOf, plainCall, plainCheck } from '../plain.ts'
import type { PlatformBuild, PlatformCall, PlatformFile } from '../types.ts'
import { wordsOf } from '../words.ts'
import { accessoriesOf, mountOf } from './accessories.ts'
import { expressed, secretsBeside, variablesOf } from './environment.ts'

const always = /^KAMAL_(CONTAINER_NAME|VERSION|HOST|DESTINATION)$/

/** What the `config/deploy.yml` files of Kamal start: a container for each role (kamal-deploy.org, "Configuration"). */
export const readKamal = (
  sources: readonly Source[],
  isThere: (path: string) => boolean,
  at: (path: string) => Source | undefined,
): readonly PlatformFile[] =>
  sources.map((source) => ({
    platform: 'kamal',
    path: source.path,
    calls: loadYaml(source).documents.flatMap(({ root }) =>
      root.kind === 'map' && scalarAt(root, 'service') ? callsIn(root, source, isThere, secretsBeside(source, at)) : [],
    ),
    builds: [],
    damage: damageOf(source),
    leftOut: [],
  }))

function callsIn(
  root: YamlMap,
  source: Source,
  isThere: (path: string) => boolean,
  secrets: ReadonlySet<string> | undefined,
): readonly PlatformCall[] {
  const roles = rolesOf(root, source, isThere, secrets)
  const hosts = hostsOf(root)
  const accessories = accessoriesOf(root, hosts, (node) => variablesOf(node, secrets))
  return accessories.length === 0
    ? roles
    : [...roles.map((one) => ({ ...one, connection: onNetwork(one) })), ...accessories]
}

/** Kamal puts all containers on the network `kamal` of their machine (kamal-deploy.org, "Accessories"). */
const onNetwork = ({ open }: PlatformCall): PlatformCall['connection'] => ({ networks: ['kamal'], names: [], open })

/** The machines on which roles run, as they are written. */
const hostsOf = (root: YamlMap): readonly string[] => {
  const servers = valueAt(root, 'servers')
  const parts = servers?.kind === 'map' ? [...servers.entries.values()].map(({ value }) => value) : [servers]
  return parts
    .flatMap((part) => (part?.kind === 'map' ? scalarsOf(valueAt(part, 'hosts')) : scalarsOf(part)))
    .map(({ text }) => text)
}

function rolesOf(
  root: YamlMap,
  source: Source,
  isThere: (path: string) => boolean,
  secrets: ReadonlySet<string> | undefined,
): readonly PlatformCall[] {
  const servers = valueAt(root, 'servers')
  const named = scalarAt(root, 'service')
  const roles =
    servers?.kind === 'map'
      ? [...servers.entries.values()]
      : [{ key: 'web', keySpan: named?.span ?? wholeOf(source), value: servers ?? root }]
  const primary = textAt(root, 'primary_role') ?? 'web'
  return roles.map(({ key, keySpan, value }): PlatformCall => {
    const role = value.kind === 'map' && value !== root ? value : undefined
    const proxy = proxyOf(root, role, key === primary || roles.length === 1)
    return {
      ...plainCall,
      name: key,
      subject: `the role \`${key}\` of Kamal`,
      span: keySpan,
      region: roles.length === 1 ? wholeOf(source) : keySpan,
      image: tracedAt(root, 'image'),
      build: buildOf(root, source, isThere),
      variables: [...variablesOf(valueAt(root, 'env'), secrets), ...variablesOf(role && valueAt(role, 'env'), secrets)],
      open: isOpen(source, role, isThere) ? 'another file of Kamal may give it' : undefined,
      always,
      command: role && wordsOf(valueAt(role, 'cmd')),
      ports: proxy ? portOf(proxy) : [],
      checks: proxy ? checkOf(proxy, keyOf(role, 'proxy') ?? keyOf(root, 'proxy') ?? keySpan) : [],
      mounts: [...scalarsOf(valueAt(root, 'volumes')), ...scalarsOf(role && valueAt(role, 'volumes'))].flatMap(mountOf),
    }
  })
}

const isOpen = (source: Source, role: YamlMap | undefined, isThere: (path: string) => boolean): boolean => {
  const path = (name: string) => source.path.replace(/deploy(\.ya?ml)$/, `deploy.${name}$1`)
  const others = ['production', 'staging', 'prod'].some((name) => path(name) !== source.path && isThere(path(name)))
  return (
    others ||
    /deploy\.[\w-]+\.ya?ml$/.test(source.path) ||
    (role !== undefined && valueAt(role, 'options') !== undefined)
  )
}

function buildOf(root: YamlMap, source: Source, isThere: (path: string) => boolean): PlatformBuild | undefined {
  const builder = mapAt(root, 'builder')
  const home = posix.dirname(posix.dirname(source.path))
  const context = builder && tracedAt(builder, 'context')
  const named = builder && tracedAt(builder, 'dockerfile')
  const path = posix.join(home, textOf(named) ?? 'Dockerfile')
  const folder = posix.join(home, textOf(context) ?? '.')
  const at = named?.span ?? scalarAt(root, 'image')?.span ?? root.span
  if (named === undefined && !isThere(path)) return undefined
  return {
    context: folder.startsWith('..') ? undefined : { folder: folder === '.' ? '' : folder, span: context?.span ?? at },
    dockerfile: { path, span: at },
    target: builder && tracedAt(builder, 'target'),
    args: pairsOf(builder && mapAt(builder, 'args')).map((one) => ({ ...one, value: expressed(one.value) })),
    platforms: [],
    span: builder?.span ?? at,
  }
}

const textOf = (text: TracedText | undefined): string | undefined =>
  text?.value.kind === 'known' ? text.value.value : undefined

/** What sends requests to a role: kamal-proxy, unless it is turned off. Only where the file speaks of it. */
function proxyOf(root: YamlMap, role: YamlMap | undefined, isPrimary: boolean): YamlMap | undefined {
  const own = role && valueAt(role, 'proxy')
  if (own?.kind === 'map') return own
  if (own?.kind === 'scalar' && !isNull(own)) return own.text === 'true' ? mapAt(root, 'proxy') : undefined
  return isPrimary ? mapAt(root, 'proxy') : undefined
}

/** The port of the app; 80 where nothing is said. */
function portOf(proxy: YamlMap): PlatformCall['ports'] {
  return [{ target: numberAt(proxy, 'app_port') ?? 80, span: scalarAt(proxy, 'app_port')?.span ?? proxy.span }]
}

const keyOf = (map: YamlMap | undefined, key: string): Span | undefined => map?.entries.get(key)?.keySpan

/** The path that is asked before a version gets requests; `/up` where nothing is said (kamal-deploy.org, "Proxy"). */
function checkOf(proxy: YamlMap, at: Span): PlatformCall['checks'] {
  const check = mapAt(proxy, 'healthcheck')
  const path = check && scalarAt(check, 'path')
  const port = unknown('it is the port of the app')
  if (path) return path.text.startsWith('/') ? [plainCheck(path, port)] : []
  const note = 'Kamal asks `/up` where nothing else is said'
  return [{ ...plainCheck({ text: '/up', inner: at }, port), note }]
}
