import { isString, mapAt, type ScalarNode, valueAt, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import { toBoolean, toFloat, toInt } from '../load/casts.ts'
import { matchAt, type PatternNode, patternTree, stepInto } from '../load/pattern.ts'
import { complain, type Gathered } from '../problems.ts'
import { isSize, parseDuration } from './durations.ts'
import { mapsAt, textAt } from './values.ts'

interface ScalarKind {
  readonly name: string
  fits(node: ScalarNode): boolean
}

const duration: ScalarKind = {
  name: 'a duration such as `30s`',
  fits: (node) => parseDuration(node.text) !== undefined,
}
const size: ScalarKind = {
  name: 'an amount of memory such as `512m`',
  fits: (node) => node.type !== 'string' || isSize(node.text),
}
const flag: ScalarKind = {
  name: '`true` or `false`',
  fits: (node) => node.type !== 'string' || toBoolean(node.text) !== undefined,
}
const cpus: ScalarKind = {
  name: 'a number',
  fits: (node) => node.type !== 'string' || toFloat(node.text) !== undefined,
}
const whole: ScalarKind = {
  name: 'a whole number',
  fits: (node) => node.type !== 'string' || toInt(node.text) !== undefined,
}
const natural: ScalarKind = {
  name: 'a whole number from 0 on',
  fits: (node) => whole.fits(node) && !node.text.startsWith('-'),
}
const mode: ScalarKind = {
  name: 'an octal mode such as `0440`',
  fits: (node) => (node.type === 'string' ? /^[-+]?[0-7]+$/.test(node.text) : node.type === 'int'),
}

const rows: readonly (readonly [ScalarKind, string])[] = [
  [
    duration,
    'healthcheck.interval healthcheck.timeout healthcheck.start_period healthcheck.start_interval stop_grace_period',
  ],
  [
    duration,
    'deploy.update_config.delay deploy.update_config.monitor deploy.rollback_config.delay deploy.rollback_config.monitor',
  ],
  [duration, 'deploy.restart_policy.delay deploy.restart_policy.window'],
  [size, 'mem_limit mem_reservation memswap_limit mem_swappiness shm_size build.shm_size volumes.[].tmpfs.size'],
  [size, 'deploy.resources.limits.memory deploy.resources.reservations.memory'],
  [
    flag,
    'attach build.no_cache build.pull build.privileged env_file.[].required post_start.[].privileged pre_stop.[].privileged',
  ],
  [flag, 'volumes.[].bind.create_host_path'],
  [cpus, 'deploy.resources.limits.cpus deploy.resources.reservations.cpus'],
  [whole, 'deploy.resources.limits.pids'],
  [natural, 'healthcheck.retries ports.[].target deploy.restart_policy.max_attempts deploy.update_config.parallelism'],
  [mode, 'secrets.[].mode configs.[].mode build.secrets.[].mode'],
]

const tree = patternTree<ScalarKind>(rows.flatMap(([kind, keys]) => keys.split(' ').map((key) => [key, kind] as const)))

/** Complains of values of a service that have the right type and yet cannot be read. */
export function checkValues(gathered: Gathered, service: YamlMap): void {
  walk(gathered, service, [tree])
  for (const hosts of [valueAt(service, 'extra_hosts'), valueAt(mapAt(service, 'build') ?? service, 'extra_hosts')]) {
    for (const host of hosts?.kind === 'list' ? hosts.items : []) {
      if (isString(host) && host.unknown === undefined && !/^[^=:]+[=:]/.test(host.text))
        complain(gathered, host.span, 'an extra host is written `name=address`')
    }
  }
  for (const volume of mapsAt(service, 'volumes')) {
    const bind = textAt(volume, 'type') === 'bind'
    if (bind && !volume.entries.has('source'))
      complain(gathered, volume.span, 'a mount of type `bind` needs a `source`')
  }
}

function walk(gathered: Gathered, node: YamlNode, places: readonly PatternNode<ScalarKind>[]): void {
  if (places.length === 0) return
  if (node.kind === 'list') for (const item of node.items) walk(gathered, item, stepInto(places, '[]'))
  else if (node.kind === 'map')
    for (const entry of node.entries.values()) walk(gathered, entry.value, stepInto(places, entry.key))
  else {
    const kind = matchAt(places)
    if (kind === undefined || node.unknown !== undefined || node.type === 'null' || kind.fits(node)) return
    complain(gathered, node.span, `${node.text === '' ? 'an empty text' : `\`${node.text}\``} is not ${kind.name}`)
  }
}
