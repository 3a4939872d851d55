import type { Label } from '../../../text/diagnostic.ts'
import type { Span } from '../../../text/source.ts'
import { mapAt, valueAt, type YamlMap } from '../../yaml/node.ts'
import { complain, type Gathered } from '../problems.ts'
import type { ComposeService } from '../service-types.ts'
import type { FileObject, Resource } from '../types.ts'
import { checkCycles } from './cycles.ts'
import { numberAt, scalarAt, scalarsOf, textAt } from './values.ts'

/** What the services of a project may refer to. */
export interface References {
  readonly active: ReadonlyMap<string, ComposeService>
  readonly disabled: ReadonlyMap<string, ComposeService>
  /** Active jobs, by name. */
  readonly jobs: ReadonlySet<string>
  readonly secrets: ReadonlyMap<string, FileObject>
  readonly configs: ReadonlyMap<string, FileObject>
  readonly volumes: ReadonlyMap<string, Resource>
  readonly networks: ReadonlyMap<string, Resource>
  readonly models: ReadonlySet<string>
  readonly nodes: ReadonlyMap<string, YamlMap>
}

/** Complains of active services that contradict themselves or refer to what is not there. */
export function checkConsistency(gathered: Gathered, references: References): void {
  for (const [name, service] of references.active) {
    const node = references.nodes.get(name)
    if (node === undefined) continue
    // Of a service that extends one outside, not all is in view.
    if (valueAt(node, 'extends') !== undefined && isPartial(gathered)) continue
    checkBuild(gathered, references, service, node)
    checkHealth(gathered, service)
    checkReferences(gathered, references, service, node)
    checkScale(gathered, service, node)
    checkMounts(gathered, service, node)
  }
  checkCycles(gathered, references.active)
}

/** Whether there are compose files that were not read, in which other services and volumes may be. */
const isPartial = ({ elsewhere }: Gathered): boolean => elsewhere.some(({ holds }) => holds === 'services')

function checkBuild(gathered: Gathered, references: References, service: ComposeService, node: YamlMap): void {
  const { build, nameSpan, name } = service
  if (build === undefined) {
    const image = valueAt(node, 'image')
    const unknown = image?.kind === 'scalar' && image.unknown !== undefined
    if (service.image !== undefined || unknown || mapAt(node, 'provider') !== undefined) return
    const message = `the service \`${name}\` has neither an image nor a build`
    complain(gathered, nameSpan, message)
    // Half a service: whatever names its image is not where it should be.
    gathered.damages.push({ span: nameSpan, message, language: 'compose' })
    return
  }
  if (build.dockerfileInline && build.dockerfile) {
    complain(gathered, build.dockerfileInline.span, '`dockerfile` and `dockerfile_inline` exclude each other', [
      { span: build.dockerfile.span, text: 'the other one' },
    ])
  }
  for (const { name: add, value, span } of build.additionalContexts) {
    const target =
      value.kind === 'known' && value.value.startsWith('service:') ? value.value.slice('service:'.length) : undefined
    const other = target === undefined ? undefined : (references.active.get(target) ?? references.disabled.get(target))
    if (target !== undefined && other?.build === undefined && !(other === undefined && isPartial(gathered)))
      complain(gathered, span, `the context \`${add}\` is the service \`${target}\`, which is not there or not built`)
  }
  const platforms = scalarsOf(valueAt(mapAt(node, 'build') ?? node, 'platforms')).map((one) => one.text)
  const platform = scalarAt(node, 'platform')
  if (platforms.length > 0 && platform && platform.text !== '' && !platforms.includes(platform.text)) {
    complain(gathered, platform.span, 'the platforms of the build do not include this one')
  }
}

function checkHealth(gathered: Gathered, { healthcheck }: ComposeService): void {
  const first = healthcheck?.test?.[0]
  if (first?.value.kind !== 'known' || ['CMD', 'CMD-SHELL', 'NONE'].includes(first.value.value)) return
  complain(gathered, first.span, 'the test of a health check begins with `CMD`, `CMD-SHELL` or `NONE`')
}

function checkReferences(gathered: Gathered, references: References, service: ComposeService, node: YamlMap): void {
  const { active, disabled, jobs } = references
  const refer = (kind: string, name: string, there: boolean, at: Span) => {
    if (!there && name !== '' && !isPartial(gathered))
      complain(gathered, at, `\`${service.name}\` refers to the ${kind} \`${name}\`, which is not defined`)
  }
  for (const { name, required, span } of service.dependsOn) {
    if (active.has(name) || (disabled.has(name) && !required)) continue
    if (!jobs.has(name) && !disabled.has(name) && isPartial(gathered)) continue
    const why = jobs.has(name)
      ? 'which is a job'
      : disabled.has(name)
        ? 'whose profile is not active'
        : 'which is not defined'
    complain(gathered, span, `\`${service.name}\` depends on the service \`${name}\`, ${why}`)
  }
  const networks = mapAt(node, 'networks')
  const mode = scalarAt(node, 'network_mode')
  if (mode && mode.text !== '' && networks && networks.entries.size > 0)
    complain(gathered, mode.span, '`network_mode` and `networks` exclude each other')
  for (const { key, keySpan } of networks?.entries.values() ?? [])
    refer('network', key, key === 'default' || references.networks.has(key), keySpan)
  if (mode?.text.startsWith('service:'))
    refer('service', mode.text.slice('service:'.length), active.has(mode.text.slice('service:'.length)), mode.span)
  for (const volume of service.volumes) {
    if (volume.type === 'volume' && volume.source !== undefined)
      refer('volume', volume.source, references.volumes.has(volume.source), volume.span)
  }
  for (const secret of service.build?.secrets ?? [])
    refer('secret', secret.source, references.secrets.has(secret.source), secret.span)
  for (const secret of service.secrets)
    refer('secret', secret.source, references.secrets.has(secret.source), secret.span)
  for (const config of service.configs)
    refer('config', config.source, references.configs.has(config.source), config.span)
  for (const { key, keySpan } of mapAt(node, 'models')?.entries.values() ?? [])
    refer('model', key, references.models.has(key), keySpan)
}

function checkScale(gathered: Gathered, service: ComposeService, node: YamlMap): void {
  const { scale, deployReplicas: replicas } = service
  const at = service.scaleSpan ?? service.nameSpan
  if (scale !== undefined && replicas !== undefined && scale !== replicas)
    complain(gathered, at, '`scale` and `deploy.replicas` differ')
  if ((scale ?? 0) < 0 || (replicas ?? 0) < 0) complain(gathered, at, 'the number of replicas cannot be negative')
  if ((scale ?? replicas ?? 1) > 1 && scalarAt(node, 'container_name'))
    complain(gathered, at, 'a service with a `container_name` can run only once')
  checkLimits(gathered, node, mapAt(node, 'deploy'))
}

function checkLimits(gathered: Gathered, node: YamlMap, deploy: YamlMap | undefined): void {
  const resources = deploy && mapAt(deploy, 'resources')
  const limits = resources && mapAt(resources, 'limits')
  const cpus = numberOf(node, 'cpus')
  if (limits && cpus && cpus !== (numberOf(limits, 'cpus') ?? 0))
    complain(gathered, valueAt(node, 'cpus')?.span ?? node.span, '`cpus` and `deploy.resources.limits.cpus` differ')
  const pids = numberAt(node, 'pids_limit')
  if (limits && pids && pids !== (numberAt(limits, 'pids') ?? 0))
    complain(
      gathered,
      valueAt(node, 'pids_limit')?.span ?? node.span,
      '`pids_limit` and `deploy.resources.limits.pids` differ',
    )
  const reservations = resources && mapAt(resources, 'reservations')
  checkMemory(gathered, node, 'mem_limit', limits)
  checkMemory(gathered, node, 'mem_reservation', reservations)
}

function checkMemory(gathered: Gathered, node: YamlMap, key: string, other: YamlMap | undefined): void {
  const own = scalarAt(node, key)
  const size = bytes(own?.text)
  if (own && other && size && own.unknown === undefined && size !== (bytes(textAt(other, 'memory')) ?? 0))
    complain(gathered, own.span, `\`${key}\` and the memory in \`deploy.resources\` differ`)
}

function bytes(text: string | undefined): number | undefined {
  const parts = /^([0-9.]+) ?([kmgtp]?)i?b?$/i.exec(text ?? '')
  if (!parts) return undefined
  return Math.trunc(Number(parts[1]) * 1024 ** ' kmgtp'.indexOf((parts[2] || ' ').toLowerCase()))
}

const numberOf = (map: YamlMap, key: string): number | undefined => {
  const text = textAt(map, key)
  return text === undefined ? undefined : Math.fround(Number(text))
}

function checkMounts(gathered: Gathered, service: ComposeService, node: YamlMap): void {
  const seen = new Map<string, Span>()
  const mount = (target: string, at: Span) => {
    // What is empty is not known: `${PWD}` is given by the shell that calls Compose.
    const before = target === '' ? undefined : seen.get(target)
    const related: readonly Label[] = before ? [{ span: before, text: 'it is mounted here already' }] : []
    if (before) complain(gathered, at, `something is mounted at \`${target}\` already`, related)
    seen.set(target, at)
  }
  for (const tmpfs of scalarsOf(valueAt(node, 'tmpfs'))) mount(tmpfs.text.split(':')[0] ?? '', tmpfs.span)
  for (const volume of service.volumes) mount(volume.target, volume.span)
  const develop = mapAt(node, 'develop')
  const watches = develop && valueAt(develop, 'watch')
  for (const watch of watches?.kind === 'list' ? watches.items : []) {
    if (watch.kind !== 'map') continue
    const action = textAt(watch, 'action') ?? ''
    if (!scalarAt(watch, 'target')?.text && !['rebuild', 'restart'].includes(action))
      complain(gathered, watch.span, 'this action needs a `target`')
  }
}
