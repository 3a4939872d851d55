import type { ScalarType } from '../../yaml/node.ts'
import { parseGoInteger } from '../../yaml/scalar.ts'

/** A text as the type that its key wants; undefined where it cannot be read so. */
export interface Cast {
  readonly type: ScalarType
  readonly text: string
  /** The text is a word for a boolean that YAML 1.2 does not know. */
  readonly odd?: boolean
}

export type Caster = (text: string) => Cast | undefined

/** Go's Atoi: decimal digits with a sign, in 64 bits. */
export const toInt: Caster = (text) => {
  if (!/^[-+]?[0-9]+$/.test(text)) return undefined
  const value = BigInt(text.replace(/^\+/, ''))
  return BigInt.asIntN(64, value) === value ? { type: 'int', text: String(value) } : undefined
}

export const toFloat: Caster = (text) => {
  const plain = /^[-+]?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$/.test(text)
  if (!plain) return /^[-+]?(inf|infinity|nan)$/i.test(text) ? { type: 'float', text: 'NaN' } : undefined
  const value = Number(text)
  return Number.isFinite(value) ? { type: 'float', text: String(value) } : undefined
}

export const toUmask: Caster = (text) => {
  const value = text.startsWith('-') || text.startsWith('+') ? undefined : parseGoInteger(text)
  return value !== undefined && value < 2n ** 32n ? { type: 'uint', text: String(value) } : undefined
}

const words: Readonly<Record<string, Cast>> = {
  true: { type: 'bool', text: 'true' },
  false: { type: 'bool', text: 'false' },
  ...Object.fromEntries(['y', 'yes', 'on'].map((word) => [word, { type: 'bool', text: 'true', odd: true }])),
  ...Object.fromEntries(['n', 'no', 'off'].map((word) => [word, { type: 'bool', text: 'false', odd: true }])),
}

export const toBoolean: Caster = (text) =>
  Object.hasOwn(words, text.toLowerCase()) ? words[text.toLowerCase()] : undefined

const containers = ['services.*', 'jobs.*', 'services.*.pre_start.*']
const workloads = ['services.*', 'jobs.*']
const services = ['services.*']

const rows: readonly (readonly [readonly string[], Caster, string])[] = [
  [
    containers,
    toInt,
    'cpu_count cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares oom_score_adj pids_limit',
  ],
  [containers, toInt, 'ulimits.* ulimits.*.hard ulimits.*.soft'],
  [containers, toFloat, 'cpu_percent cpus'],
  [containers, toBoolean, 'init networks.*.use_service_name_alias oom_kill_disable privileged read_only'],
  [containers, toBoolean, 'volumes.[].read_only volumes.[].volume.nocopy'],
  [containers, toUmask, 'umask'],
  [workloads, toBoolean, 'depends_on.*.required depends_on.*.restart healthcheck.disable stdin_open tty'],
  [workloads, toInt, 'healthcheck.retries ports.[].target'],
  [services, toInt, 'deploy.replicas deploy.update_config.parallelism deploy.rollback_config.parallelism'],
  [services, toInt, 'deploy.restart_policy.max_attempts deploy.placement.max_replicas_per_node scale'],
  [services, toFloat, 'deploy.update_config.max_failure_ratio deploy.rollback_config.max_failure_ratio'],
]

const networks = 'external internal attachable enable_ipv4 enable_ipv6'

/** The keys whose texts Compose turns into numbers and booleans after interpolation. */
export const casts: readonly (readonly [string, Caster])[] = [
  ...rows.flatMap(([prefixes, caster, keys]) =>
    prefixes.flatMap((prefix) => keys.split(' ').map((key) => [`${prefix}.${key}`, caster] as const)),
  ),
  ...networks.split(' ').map((key) => [`networks.*.${key}`, toBoolean] as const),
  ...['volumes', 'secrets', 'configs'].map((kind) => [`${kind}.*.external`, toBoolean] as const),
]
