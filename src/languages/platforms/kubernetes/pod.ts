import { known, unknown } from '../../../text/known.ts'
import { type Span, wholeOf } from '../../../text/source.ts'
import { flagAt, mapsAt, numberAt, scalarAt, textAt, tracedAt } from '../../compose/service/values.ts'
import type { NamedText, TracedText } from '../../compose/service-types.ts'
import { mapAt, valueAt, type YamlMap } from '../../yaml/node.ts'
import { plainCheck } from '../plain.ts'
import type { PlatformCall, PlatformCheck, PlatformConnection } from '../types.ts'
import { wordsOf } from '../words.ts'
import { environmentOf, substituted } from './environment.ts'
import type { Holders, KubernetesObject } from './objects.ts'

const byKubernetes = /^KUBERNETES_|_SERVICE_(HOST|PORT(_\w+)?)$/
const byKnative = /^KUBERNETES_|_SERVICE_(HOST|PORT(_\w+)?)$|^(PORT|K_SERVICE|K_REVISION|K_CONFIGURATION)$/

/** The containers of a pod, those that run before the others first. What has no image is a patch of somebody else's pod. */
export function callsOfPod(
  object: KubernetesObject,
  pod: YamlMap,
  holders: Holders,
  isPatched: boolean,
  connection: PlatformConnection,
  targets: PlatformCall['ports'],
): readonly PlatformCall[] {
  const main = mapsAt(pod, 'containers')
  const first = mapsAt(pod, 'initContainers')
  const around: Around = { object, pod, holders, isPatched, connection, targets, isShared: main.length > 1 }
  return [...first.map((one) => callOf(one, true, around)), ...main.map((one) => callOf(one, false, around))].filter(
    ({ image }) => image !== undefined,
  )
}

interface Around {
  readonly object: KubernetesObject
  readonly pod: YamlMap
  readonly holders: Holders
  readonly isPatched: boolean
  readonly connection: PlatformConnection
  /** The ports to which Services send requests. */
  readonly targets: PlatformCall['ports']
  /** Whether several containers share its network. */
  readonly isShared: boolean
}

function callOf(container: YamlMap, isFirst: boolean, around: Around): PlatformCall {
  const { object, pod, holders, isPatched, connection, targets, isShared } = around
  const named = scalarAt(container, 'name')
  const { variables, open, isOpenForSecrets } = environmentOf(container, object.namespace, holders, isPatched)
  const isAlone = !isFirst && !isShared
  const workload = `the ${object.kind} \`${object.name}\``
  const context = mapAt(container, 'securityContext')
  const ofPod = mapAt(pod, 'securityContext')
  const user = (context && tracedAt(context, 'runAsUser')) ?? (ofPod && tracedAt(ofPod, 'runAsUser'))
  return {
    name: isAlone ? object.name : (named?.text ?? object.name),
    subject: isAlone
      ? workload
      : `the ${isFirst ? 'init container' : 'container'} \`${named?.text ?? ''}\` of ${workload}`,
    span: isAlone ? object.nameSpan : (named?.span ?? object.nameSpan),
    region: isAlone ? wholeOf(object.source) : container.span,
    image: tracedAt(container, 'image'),
    build: undefined,
    variables,
    open: open ?? (isPatched ? 'kustomize may patch it' : undefined),
    isOpenForSecrets: isOpenForSecrets && !isPatched,
    always: object.kind === 'Service' ? byKnative : byKubernetes,
    entrypoint: argsAt(container, 'command', variables),
    command: argsAt(container, 'args', variables),
    workingDir: textAt(container, 'workingDir'),
    user,
    nonRoot: user
      ? undefined
      : (nonRootIn(context) ?? (context && valueAt(context, 'runAsNonRoot') ? undefined : nonRootIn(ofPod))),
    readOnly:
      context && flagAt(context, 'readOnlyRootFilesystem')
        ? scalarAt(context, 'readOnlyRootFilesystem')?.span
        : undefined,
    isShared,
    connection: isFirst ? { ...connection, names: [] } : connection,
    ports: portsOf(container, isAlone ? targets : []),
    checks: isFirst ? [] : checksOf(container),
    asked: isFirst ? undefined : execOf(container),
    mounts: mapsAt(container, 'volumeMounts').flatMap((mount) => {
      const target = scalarAt(mount, 'mountPath')
      return target ? [{ target: target.text, from: textAt(mount, 'name'), span: target.span }] : []
    }),
  }
}

const nonRootIn = (context: YamlMap | undefined): Span | undefined =>
  context && flagAt(context, 'runAsNonRoot') ? scalarAt(context, 'runAsNonRoot')?.span : undefined

/** Words in which `$(NAME)` stands for a variable of the container. */
function argsAt(container: YamlMap, key: string, variables: readonly NamedText[]): readonly TracedText[] | undefined {
  const byName = new Map(variables.map((one) => [one.name, one]))
  const node = valueAt(container, key)
  return node?.kind === 'list'
    ? wordsOf(node)?.map(({ value, span }) => ({
        value: value.kind === 'known' ? substituted(value.value, byName) : value,
        span,
      }))
    : undefined
}

/** The ports of a container to which requests go: those of Services where it declares none of them, else those that are called so, else all. */
function portsOf(container: YamlMap, targets: PlatformCall['ports']): PlatformCall['ports'] {
  const all = mapsAt(container, 'ports')
  const isNone = targets.every(({ target }) => all.every((port) => numberAt(port, 'containerPort') !== target))
  if (all.length > 0 && targets.length > 0 && isNone) return targets
  const web = all.filter((port) => /http|web/.test(textAt(port, 'name') ?? ''))
  return (web.length > 0 ? web : all).flatMap((port) => {
    const target = numberAt(port, 'containerPort')
    const span = scalarAt(port, 'containerPort')?.span
    return target === undefined || span === undefined ? [] : [{ target, span }]
  })
}

const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const

function checksOf(container: YamlMap): readonly PlatformCheck[] {
  return probes.flatMap((key): readonly PlatformCheck[] => {
    const probe = mapAt(container, key)
    const get = probe && mapAt(probe, 'httpGet')
    const path = get && scalarAt(get, 'path')
    if (get === undefined || path === undefined) return []
    const port = textAt(get, 'port')
    return [
      {
        ...plainCheck(
          path,
          port !== undefined && /^\d+$/.test(port) ? known(port) : unknown('it is a port by its name'),
        ),
        isLiveness: key !== 'readinessProbe',
        isTls: textAt(get, 'scheme')?.toUpperCase() === 'HTTPS',
        headers: mapsAt(get, 'httpHeaders').map((one) => `${textAt(one, 'name') ?? ''}: ${textAt(one, 'value') ?? ''}`),
      },
    ]
  })
}

/** What is executed to ask whether the container is well. */
function execOf(container: YamlMap): PlatformCall['asked'] {
  for (const key of probes) {
    const probe = mapAt(container, key)
    const exec = probe && mapAt(probe, 'exec')
    const words = exec && wordsOf(valueAt(exec, 'command'))
    if (exec && words) return { words, span: exec.span }
  }
  return undefined
}
