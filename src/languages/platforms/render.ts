import { posix } from 'node:path'
import { unknown } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { mapsAt, scalarAt, textAt } from '../compose/service/values.ts'
import type { NamedText } from '../compose/service-types.ts'
import { loadYaml } from '../yaml/load.ts'
import { mapAt, type ScalarNode, type YamlMap } from '../yaml/node.ts'
import { damageOf, plainCall, plainCheck } from './plain.ts'
import type { PlatformCall, PlatformFile } from './types.ts'
import { inShell, literalOf } from './words.ts'

const always = /^(PORT|IS_PULL_REQUEST|RENDER(_\w+)?)$/

/** What the `render.yaml` files start of a Dockerfile (render.com, "Blueprint YAML Reference"). */
export const readRender = (sources: readonly Source[]): readonly PlatformFile[] =>
  sources.map((source) => {
    const services = loadYaml(source).documents.flatMap(({ root }) => (root.kind === 'map' ? servicesIn(root) : []))
    const native = services.filter(({ map }) => runtimeOf(map) === 'elixir')
    return {
      platform: 'render',
      path: source.path,
      calls: services.flatMap(({ map, groups }) => (runtimeOf(map) === 'docker' ? callsOf(map, groups, source) : [])),
      builds: [],
      damage: damageOf(source),
      leftOut: native.map(({ map }) => ({
        what: `the service \`${textAt(map, 'name') ?? ''}\` of ${source.path}`,
        reason: 'Render builds it without a Dockerfile',
      })),
    }
  })

interface RenderService {
  readonly map: YamlMap
  /** The groups of variables of the file. */
  readonly groups: readonly YamlMap[]
}

const servicesIn = (root: YamlMap): readonly RenderService[] => {
  const groups = mapsAt(root, 'envVarGroups')
  return mapsAt(root, 'services').map((map) => ({ map, groups }))
}

const runtimeOf = (service: YamlMap): string | undefined => textAt(service, 'runtime') ?? textAt(service, 'env')

function callsOf(service: YamlMap, groups: readonly YamlMap[], source: Source): readonly PlatformCall[] {
  const named = scalarAt(service, 'name')
  const name = named?.text ?? 'web'
  const call = callOf(service, groups, source)
  const before = scalarAt(service, 'preDeployCommand')
  return [
    call,
    ...(before
      ? [
          {
            ...call,
            name: `${name}_pre_deploy`,
            subject: `the command before each deploy of \`${name}\` on Render`,
            span: before.span,
            region: before.span,
            command: inShell(before),
            ports: [],
            checks: [],
            mounts: [],
          },
        ]
      : []),
  ]
}

function callOf(service: YamlMap, groups: readonly YamlMap[], source: Source): PlatformCall {
  const named = scalarAt(service, 'name')
  const name = named?.text ?? 'web'
  const command = scalarAt(service, 'dockerCommand')
  const check = scalarAt(service, 'healthCheckPath')
  const disk = mapAt(service, 'disk')
  const mount = disk && scalarAt(disk, 'mountPath')
  const port = unknown('Render finds the port')
  return {
    ...plainCall,
    name,
    subject: `the service \`${name}\` on Render`,
    span: named?.span ?? service.span,
    region: service.span,
    build: {
      context: {
        folder: within(source, textAt(service, 'dockerContext') ?? '.'),
        span: placeOf(service, 'dockerContext'),
      },
      dockerfile: {
        path: within(source, textAt(service, 'dockerfilePath') ?? './Dockerfile'),
        span: placeOf(service, 'dockerfilePath'),
      },
      target: undefined,
      args: [],
      platforms: [],
      span: service.span,
    },
    variables: variablesOf(service, groups),
    open: 'the dashboard of Render may set it',
    always,
    command: command && inShell(command),
    checks: check ? [plainCheck(check, port)] : [],
    mounts: mount ? [{ target: mount.text, from: disk && textAt(disk, 'name'), span: mount.span }] : [],
  }
}

const placeOf = (service: YamlMap, key: string) =>
  (scalarAt(service, key) ?? scalarAt(service, 'name'))?.span ?? service.span

const within = (source: Source, path: string): string => {
  const joined = posix.join(posix.dirname(source.path), path)
  return joined === '.' ? '' : joined.replace(/\/$/, '')
}

function variablesOf(service: YamlMap, groups: readonly YamlMap[]): readonly NamedText[] {
  return mapsAt(service, 'envVars').flatMap((entry): readonly NamedText[] => {
    const from = textAt(entry, 'fromGroup')
    const group = from === undefined ? undefined : groups.find((one) => textAt(one, 'name') === from)
    if (group) return mapsAt(group, 'envVars').flatMap(variableOf)
    return variableOf(entry)
  })
}

function variableOf(entry: YamlMap): readonly NamedText[] {
  const key = scalarAt(entry, 'key')
  const value = scalarAt(entry, 'value')
  return key ? [value ? literalOf(key, value) : madeByRender(key)] : []
}

const madeByRender = (key: ScalarNode): NamedText => ({
  name: key.text,
  nameSpan: key.span,
  span: key.span,
  value: { ...unknown('Render gives it', [{ span: key.span, text: `\`${key.text}\` is given here` }]), isSet: true },
})
