import type { Label } from '../../../text/diagnostic.ts'
import { known, unknown, unset } from '../../../text/known.ts'
import { mapAt, valueAt, type YamlEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import type { Gathered, LoadEnvironment } from '../problems.ts'
import type { ComposeService, Hook, NetworkUse, Port, Ulimit, Volume } from '../service-types.ts'
import { buildOf } from './build.ts'
import { commandOf } from './command.ts'
import { dependenciesOf } from './dependencies.ts'
import { entriesOf, pairsOf } from './environment.ts'
import { extraKeys } from './extra.ts'
import { healthCheckOf } from './health.ts'
import { mountsOf } from './mounts.ts'
import { environmentOf } from './service-environment.ts'
import { flagAt, mapsAt, numberAt, scalarAt, scalarsOf, textAt, toKnown, traced, tracedAt } from './values.ts'

/** The service that a merged mapping describes. */
export function serviceOf(
  gathered: Gathered,
  entry: YamlEntry,
  service: YamlMap,
  environment: LoadEnvironment,
  active: boolean,
): ComposeService {
  const { command, span: commandSpan } = commandOf(gathered, valueAt(service, 'command'))
  const { command: entrypoint, span: entrypointSpan } = commandOf(gathered, valueAt(service, 'entrypoint'))
  const env = environmentOf(gathered, service, environment, active)
  const definitions: readonly Label[] = [
    ...entry.earlier,
    { span: entry.keySpan, text: `\`${entry.key}\` is defined here` },
  ]
  const deploy = mapAt(service, 'deploy')
  return {
    name: entry.key,
    nameSpan: entry.keySpan,
    definitions,
    span: service.span,
    image: tracedAt(service, 'image'),
    build: buildOf(gathered, valueAt(service, 'build'), environment),
    command,
    commandSpan,
    entrypoint,
    entrypointSpan,
    ...env,
    damage: env.damage,
    closed: env.envFiles.every((file) => file.source !== undefined) && valueAt(service, 'extends') === undefined,
    healthcheck: healthCheckOf(valueAt(service, 'healthcheck')),
    ports: mapsAt(service, 'ports').map(portOf),
    expose: scalarsOf(valueAt(service, 'expose')).map(traced),
    dependsOn: dependenciesOf(service),
    profiles: scalarsOf(valueAt(service, 'profiles')).map((profile) => profile.text),
    secrets: mountsOf(service, 'secrets'),
    configs: mountsOf(service, 'configs'),
    volumes: mapsAt(service, 'volumes').map(volumeOf),
    labels: pairsOf(valueAt(service, 'labels')),
    workingDir: tracedAt(service, 'working_dir'),
    user: tracedAt(service, 'user'),
    restart: tracedAt(service, 'restart'),
    networkMode: tracedAt(service, 'network_mode'),
    networks: networksOf(mapAt(service, 'networks')),
    containerName: tracedAt(service, 'container_name'),
    links: scalarsOf(valueAt(service, 'links')).map(traced),
    extraHosts: hostsOf(valueAt(service, 'extra_hosts')),
    dns: ['dns', 'dns_search', 'domainname'].some((key) => valueAt(service, key) !== undefined),
    readOnly: flagAt(service, 'read_only') ? tracedAt(service, 'read_only') : undefined,
    tmpfs: scalarsOf(valueAt(service, 'tmpfs')).map(traced),
    hostname: tracedAt(service, 'hostname'),
    platform: tracedAt(service, 'platform'),
    ulimits: limitsOf(mapAt(service, 'ulimits')),
    pullPolicy: tracedAt(service, 'pull_policy'),
    scale: numberAt(service, 'scale'),
    deployReplicas: deploy && numberAt(deploy, 'replicas'),
    scaleSpan: valueAt(service, 'scale')?.span ?? (deploy && valueAt(deploy, 'replicas')?.span),
    forSwarm: ofSwarm.some((key) => deploy !== undefined && valueAt(deploy, key) !== undefined),
    postStart: mapsAt(service, 'post_start').map((hook) => hookOf(gathered, hook, environment)),
    preStop: mapsAt(service, 'pre_stop').map((hook) => hookOf(gathered, hook, environment)),
    develop: spanOf(valueAt(service, 'develop')),
    extra: extraKeys(service),
  }
}

/** What of `deploy` people write for Swarm. */
const ofSwarm = ['restart_policy', 'placement', 'update_config', 'rollback_config', 'endpoint_mode', 'mode', 'labels']

const spanOf = (node: YamlNode | undefined) => (node?.kind === 'map' ? node.span : undefined)

const networksOf = (networks: YamlMap | undefined): readonly NetworkUse[] =>
  [...(networks?.entries.values() ?? [])].map(({ key, keySpan, value }) => ({
    name: key,
    nameSpan: keySpan,
    aliases: value.kind === 'map' ? scalarsOf(valueAt(value, 'aliases')).map(({ text }) => text) : [],
  }))

/** The names of extra hosts, which are pairs or `name=address` and `name:address`. */
function hostsOf(hosts: YamlNode | undefined): readonly string[] {
  if (hosts?.kind === 'map') return [...hosts.entries.keys()]
  return scalarsOf(hosts).map(({ text }) => text.split(/[=:]/)[0] ?? '')
}

function portOf(port: YamlMap): Port {
  const published = scalarAt(port, 'published')
  const target = numberAt(port, 'target')
  return {
    target: target === undefined ? unknown('the port of the container is not known') : known(target),
    published: published === undefined || published.text === '' ? unset() : toKnown(published),
    hostIp: textAt(port, 'host_ip'),
    protocol: textAt(port, 'protocol') ?? 'tcp',
    mode: textAt(port, 'mode') ?? 'ingress',
    span: port.span,
  }
}

function limitsOf(ulimits: YamlMap | undefined): readonly Ulimit[] {
  return [...(ulimits?.entries.values() ?? [])].flatMap(({ key, value }) => {
    const soft = value.kind === 'map' ? scalarAt(value, 'soft') : value
    return soft?.kind === 'scalar' ? [{ name: key, soft: traced(soft), span: soft.span }] : []
  })
}

function volumeOf(volume: YamlMap): Volume {
  return {
    type: textAt(volume, 'type') ?? 'volume',
    source: textAt(volume, 'source'),
    target: textAt(volume, 'target') ?? '',
    readOnly: flagAt(volume, 'read_only'),
    span: volume.span,
  }
}

function hookOf(gathered: Gathered, hook: YamlMap, environment: LoadEnvironment): Hook {
  const { command } = commandOf(gathered, valueAt(hook, 'command'))
  const passed: LoadEnvironment = (name) => (environment(name).kind === 'unknown' ? environment(name) : unset())
  return {
    command,
    user: textAt(hook, 'user'),
    environment: [...entriesOf(gathered, valueAt(hook, 'environment'), passed).values()],
    span: hook.span,
  }
}
