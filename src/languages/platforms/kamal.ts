import { posix } from 'node:path'
import { type Known, unknown, unset } from '../../text/known.ts'
import { nearest } from '../../text/nearest.ts'
import { type Source, type Span, wholeOf } from '../../text/source.ts'
import { pairsOf } from '../compose/service/environment.ts'
import { numberAt, scalarAt, scalarsOf, textAt, tracedAt } from '../compose/service/values.ts'
import type { NamedText, TracedText } from '../compose/service-types.ts'
import { loadYaml } from '../yaml/load.ts'
import { isNull, mapAt, type ScalarNode, valueAt, type YamlMap, type YamlNode } from '../yaml/node.ts'
import { plainCall, plainCheck } from './plain.ts'
import type { PlatformBuild, PlatformCall, PlatformFile } from './types.ts'
import { wordsOf } from './words.ts'

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
      root.kind === 'map' && scalarAt(root, 'service') ? rolesOf(root, source, isThere, secretsBeside(source, at)) : [],
    ),
    builds: [],
    damage: undefined,
    leftOut: [],
  }))

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

/** The names that `.kamal/secrets` gives; undefined where no such file is in view, as where each destination has its own. */
function secretsBeside(source: Source, at: (path: string) => Source | undefined): ReadonlySet<string> | undefined {
  const folder = posix.join(posix.dirname(posix.dirname(source.path)), '.kamal')
  const own = /(^|\/)deploy\.ya?ml$/.test(source.path) ? at(posix.join(folder, 'secrets')) : undefined
  if (own === undefined) return undefined
  const texts = [own, at(posix.join(folder, 'secrets-common'))].map((one) => one?.text ?? '')
  return new Set(
    texts.flatMap((text) => [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)=/gm)].map(([, name = '']) => name)),
  )
}

function variablesOf(env: YamlNode | undefined, secrets: ReadonlySet<string> | undefined): readonly NamedText[] {
  if (env?.kind !== 'map') return []
  const clear = mapAt(env, 'clear')
  const plain = clear ?? (valueAt(env, 'secret') || valueAt(env, 'tags') ? undefined : env)
  return [
    ...pairsOf(plain).map((one) => ({ ...one, value: expressed(one.value) })),
    ...scalarsOf(valueAt(env, 'secret')).map((node) => secretOf(node, secrets)),
  ]
}

/** A text in which ERB puts something. */
const expressed = (value: Known<string>): Known<string> =>
  value.kind === 'known' && value.value.includes('<%')
    ? { ...unknown('Kamal makes it when it deploys', value.trail), isSet: true }
    : value

/**
 * A secret by its name, or by two, of which the first is that of the container. Where `.kamal/secrets` has it under nearly
 * that name, nobody gives it: Kamal takes none from the shell that calls it.
 */
function secretOf(node: ScalarNode, secrets: ReadonlySet<string> | undefined): NamedText {
  const [name = '', own = name] = node.text.split(':')
  const place = { name, nameSpan: node.span, span: node.span }
  const near = secrets === undefined || secrets.has(own) ? undefined : nearest(own, [...secrets], 2)
  if (near !== undefined)
    return { ...place, value: unset([{ span: node.span, text: `\`.kamal/secrets\` calls it \`${near}\`` }]) }
  const trail = [{ span: node.span, text: `\`${name}\` is given here` }]
  return { ...place, value: { ...unknown('`.kamal/secrets` gives it', trail), isSet: true } }
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

function mountOf(node: ScalarNode): PlatformCall['mounts'] {
  const [from, target] = node.text.split(':')
  return target?.startsWith('/') ? [{ target, from, span: node.span }] : []
}
