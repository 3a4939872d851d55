import {
  amount,
  between,
  boolean,
  count,
  either,
  flag,
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

export const command = either(nothing, text, listOf(text))
export const extraHosts = either(mapOf(either(text, listOf(text))), texts)
export const options = mapOf(amount, /./s, true)
export const mounts = listOf(either(text, record({ source: text, target: text, uid: text, gid: text, mode: amount })))

const limits = mapOf(
  either(count, record({ hard: count, soft: count }, { required: ['soft', 'hard'] })),
  /^[a-z]+$/,
  true,
)
export const ulimits = limits

const deviceKeys: Readonly<Record<string, SchemaShape>> = {
  capabilities: texts,
  count,
  device_ids: texts,
  driver: text,
  options: pairs,
}
export const devices = listOf(record(deviceKeys, { required: ['capabilities'] }))

const throttles = listOf(record({ path: text, rate: count }, { extensible: false }))
const weights = listOf(record({ path: text, weight: count }, { extensible: false }))

const envFile = either(
  text,
  listOf(either(text, record({ path: text, format: text, required: flag }, { required: ['path'], extensible: false }))),
)

const volumeKeys: Readonly<Record<string, SchemaShape>> = {
  type: oneOf('bind volume tmpfs cluster npipe image'),
  source: text,
  target: text,
  read_only: flag,
  consistency: text,
  bind: record({
    propagation: text,
    create_host_path: flag,
    recursive: oneOf('enabled disabled writable readonly'),
    selinux: oneOf('z Z'),
  }),
  volume: record({ labels: pairs, nocopy: flag, subpath: text }),
  tmpfs: record({ size: either(between(0, Number.POSITIVE_INFINITY), text), mode: amount }),
  image: record({ subpath: text }),
}

const network = record({
  aliases: texts,
  interface_name: text,
  ipv4_address: text,
  ipv6_address: text,
  link_local_ips: texts,
  mac_address: text,
  driver_opts: options,
  priority: number,
  gw_priority: number,
  use_service_name_alias: flag,
})

const spread = (shape: SchemaShape, keys: string): Readonly<Record<string, SchemaShape>> =>
  Object.fromEntries(keys.split(' ').map((key) => [key, shape]))

/** The keys of everything that runs a container: services, jobs, hooks before the start. */
export const container: Readonly<Record<string, SchemaShape>> = {
  ...spread(
    text,
    'cgroup_parent cpuset domainname hostname image ipc isolation mac_address network_mode platform pull_refresh_after',
  ),
  ...spread(text, 'runtime stop_grace_period stop_signal user uts userns_mode working_dir'),
  ...spread(
    amount,
    'cpu_shares cpu_quota cpu_period cpu_rt_period cpu_rt_runtime cpus mem_limit memswap_limit pids_limit shm_size',
  ),
  ...spread(flag, 'init oom_kill_disable privileged read_only'),
  ...spread(texts, 'cap_add cap_drop device_cgroup_rules dns_opt security_opt volumes_from'),
  ...spread(pairs, 'annotations environment labels sysctls'),
  ...spread(textOrTexts, 'dns dns_search tmpfs'),
  ...spread(count, 'mem_reservation mem_swappiness'),
  ...spread(command, 'command entrypoint'),
  ...spread(mounts, 'configs secrets'),
  blkio_config: record(
    {
      ...spread(throttles, 'device_read_bps device_read_iops device_write_bps device_write_iops'),
      weight: count,
      weight_device: weights,
    },
    { extensible: false },
  ),
  cgroup: oneOf('host private'),
  cpu_count: either(text, between(0, Number.POSITIVE_INFINITY)),
  cpu_percent: either(text, between(0, 100)),
  credential_spec: record({ config: text, file: text, registry: text }),
  devices: listOf(either(text, record({ source: text, target: text, permissions: text }, { required: ['source'] }))),
  env_file: envFile,
  label_file: either(text, listOf(text)),
  extra_hosts: extraHosts,
  gpus: either(oneOf('all'), listOf(record(deviceKeys))),
  group_add: setOf(amount),
  logging: record({ driver: text, options: mapOf(either(text, number, nothing), /./s, true) }),
  models: either(texts, mapOf(either(nothing, record({ endpoint_var: text, model_var: text })), name, true)),
  networks: either(texts, mapOf(either(nothing, network), name)),
  oom_score_adj: either(text, between(-1000, 1000)),
  pid: either(text, nothing),
  pull_policy: matching(/^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$/),
  storage_opt: mapOf({ any: true }, /^/),
  ulimits,
  umask: either(between(0, 2 ** 32 - 1), text, nothing),
  use_api_socket: boolean,
  volumes: setOf(either(text, record(volumeKeys, { required: ['type'] }))),
}

/** A command inside of a container that runs already. */
export const hook = record(
  { command, user: text, privileged: flag, working_dir: text, environment: pairs },
  { required: ['command'] },
)
