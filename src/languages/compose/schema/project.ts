import { container, devices, extraHosts, hook, mounts, options, ulimits } from './container.ts'
import {
  amount,
  anything,
  boolean,
  count,
  either,
  flag,
  integer,
  listOf,
  mapOf,
  matching,
  nothing,
  number,
  oneOf,
  pairs,
  record,
  type SchemaShape,
  setOf,
  text,
  textOrTexts,
  texts,
} from './shape.ts'

const name = /^[a-zA-Z0-9._-]+$/

const build: SchemaShape = record({
  ...Object.fromEntries(
    'context dockerfile dockerfile_inline network target isolation'.split(' ').map((key) => [key, text]),
  ),
  ...Object.fromEntries('entitlements cache_from cache_to tags platforms'.split(' ').map((key) => [key, listOf(text)])),
  ...Object.fromEntries('args ssh labels additional_contexts'.split(' ').map((key) => [key, pairs])),
  ...Object.fromEntries('no_cache pull privileged provenance sbom'.split(' ').map((key) => [key, flag])),
  no_cache_filter: textOrTexts,
  shm_size: count,
  extra_hosts: extraHosts,
  secrets: mounts,
  ulimits,
})

const dependency = record(
  {
    restart: flag,
    required: boolean,
    condition: oneOf('service_started service_healthy service_completed_successfully'),
  },
  { required: ['condition'] },
)

const port = record({
  name: text,
  mode: text,
  host_ip: text,
  target: count,
  published: count,
  protocol: text,
  app_protocol: text,
})

const healthcheck = record({
  disable: flag,
  interval: text,
  retries: amount,
  test: either(text, listOf(text)),
  timeout: text,
  start_period: text,
  start_interval: text,
})

const workload: Readonly<Record<string, SchemaShape>> = {
  build: either(text, build),
  depends_on: either(texts, mapOf(dependency, name)),
  healthcheck,
  ports: setOf(either(number, text, port)),
  expose: setOf(amount),
  stdin_open: flag,
  tty: flag,
}

const update = record({
  parallelism: count,
  delay: text,
  failure_action: text,
  monitor: text,
  max_failure_ratio: amount,
  order: oneOf('start-first stop-first'),
})

const genericResources = listOf(record({ discrete_resource_spec: record({ kind: text, value: amount }) }))

const deploy = record({
  mode: text,
  endpoint_mode: text,
  replicas: count,
  labels: pairs,
  rollback_config: update,
  update_config: update,
  resources: record({
    limits: record({ cpus: amount, memory: text, pids: count }),
    reservations: record({ cpus: amount, memory: text, generic_resources: genericResources, devices }),
  }),
  restart_policy: record({ condition: text, delay: text, max_attempts: count, window: text }),
  placement: record({
    constraints: listOf(text),
    preferences: listOf(record({ spread: text })),
    max_replicas_per_node: count,
  }),
})

const watch = record(
  {
    ignore: textOrTexts,
    include: textOrTexts,
    path: text,
    action: oneOf('rebuild sync restart sync+restart sync+exec'),
    target: text,
    exec: hook,
    initial_sync: boolean,
  },
  { required: ['path', 'action'] },
)

const provider = record(
  { type: text, options: mapOf(either(text, number, boolean, listOf(either(text, number, boolean))), /./s, true) },
  { required: ['type'] },
)

const service = record({
  ...container,
  ...workload,
  deploy: either(nothing, deploy),
  develop: either(nothing, record({ watch: listOf(watch) })),
  profiles: texts,
  restart: text,
  scale: count,
  attach: flag,
  container_name: matching(/[a-zA-Z0-9][a-zA-Z0-9_.-]+/),
  provider,
  extends: either(text, record({ service: text, file: text }, { required: ['service'], extensible: false })),
  links: texts,
  external_links: texts,
  pre_start: listOf(record({ ...container, per_replica: flag })),
  post_start: listOf(hook),
  pre_stop: listOf(hook),
})

const schedule = record(
  { cron: text, timezone: text, concurrency: oneOf('forbid queue'), missed_fires: oneOf('one skip') },
  { required: ['cron'] },
)

const job = record(
  {
    ...container,
    ...workload,
    profiles: texts,
    triggers: record({ manual: flag, schedule: listOf(either(text, schedule)) }, { someOf: ['manual', 'schedule'] }),
  },
  { required: ['triggers'] },
)

const external = either(flag, record({ name: text }))
const looseExternal = either(flag, {
  map: {
    fields: { name: text },
    required: [],
    someOf: [],
    extensible: true,
    others: anything,
    names: /^/,
    loose: true,
  },
})

const pool = record({ subnet: text, ip_range: text, gateway: text, aux_addresses: mapOf(text) })

const network = record({
  name: text,
  driver: text,
  driver_opts: options,
  ipam: record({ driver: text, config: listOf(pool), options: mapOf(text) }),
  external,
  internal: flag,
  enable_ipv4: flag,
  enable_ipv6: flag,
  attachable: flag,
  labels: pairs,
})

const file: Readonly<Record<string, SchemaShape>> = {
  name: text,
  environment: text,
  file: text,
  external: looseExternal,
  labels: pairs,
  template_driver: text,
}

const include = either(
  text,
  record({ path: textOrTexts, env_file: textOrTexts, project_directory: text }, { extensible: false }),
)

/** A whole compose file: its keys and what they hold. Written after the Compose Specification. */
export const projectShape: SchemaShape = record({
  version: text,
  name: text,
  include: listOf(include),
  services: mapOf(service, name),
  models: mapOf(
    record({ name: text, model: text, context_size: integer, runtime_flags: listOf(text) }, { required: ['model'] }),
    name,
  ),
  networks: mapOf(either(nothing, network), name),
  volumes: mapOf(
    either(nothing, record({ name: text, driver: text, driver_opts: options, external, labels: pairs })),
    name,
  ),
  secrets: mapOf(record({ ...file, driver: text, driver_opts: options }), name),
  configs: mapOf(record({ ...file, content: text }), name),
  jobs: mapOf(job, name),
})
