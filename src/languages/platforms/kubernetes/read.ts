import { posix } from 'node:path'
import type { Source } from '../../../text/source.ts'
import { textAt } from '../../compose/service/values.ts'
import { mapAt, type YamlMap } from '../../yaml/node.ts'
import { damageOf } from '../plain.ts'
import type { PlatformCall, PlatformFile } from '../types.ts'
import { connectionOf, targetsOf } from './connection.ts'
import { holdersIn, type KubernetesObject, objectsIn } from './objects.ts'
import { callsOfPod } from './pod.ts'

/**
 * What manifests start: the containers of their Deployments, StatefulSets, Jobs and the like (Kubernetes API, "Workload
 * Resources"). Where kustomize may patch them, they may be given more.
 */
export function readKubernetes(manifests: readonly Source[], paths: ReadonlySet<string>): readonly PlatformFile[] {
  const objects = manifests.flatMap(objectsIn)
  const holders = holdersIn(objects)
  return manifests.map((source): PlatformFile => {
    const own = objects.filter((one) => one.source === source)
    return {
      platform: 'kubernetes',
      path: source.path,
      calls: own.flatMap((object): readonly PlatformCall[] => {
        const template = templateOf(object)
        if (template === undefined) return []
        const [connection, targets] = [connectionOf(object, objects), targetsOf(object, objects)]
        return callsOfPod(object, template, holders, isPatched(source.path, paths), connection, targets)
      }),
      builds: [],
      damage: damageOf(source),
      leftOut: [],
    }
  })
}

/** Whether kustomize may change what stands beside it. */
const isPatched = (path: string, paths: ReadonlySet<string>): boolean =>
  ['kustomization.yaml', 'kustomization.yml', 'Kustomization'].some((name) =>
    paths.has(posix.join(posix.dirname(path), name)),
  )

/** The pod of a workload: its `spec`. */
function templateOf({ kind, apiVersion, map }: KubernetesObject): YamlMap | undefined {
  const spec = mapAt(map, 'spec')
  if (spec === undefined || textAt(map, 'kind') === undefined) return undefined
  if (kind === 'Pod') return spec
  if (kind === 'CronJob') return podIn(mapAt(mapAt(spec, 'jobTemplate') ?? spec, 'spec'))
  if (/^(Deployment|StatefulSet|DaemonSet|ReplicaSet|Rollout|Job)$/.test(kind)) return podIn(spec)
  return kind === 'Service' && apiVersion.startsWith('serving.knative.dev/') ? podIn(spec) : undefined
}

const podIn = (spec: YamlMap | undefined): YamlMap | undefined => {
  const template = spec && mapAt(spec, 'template')
  return template && mapAt(template, 'spec')
}
