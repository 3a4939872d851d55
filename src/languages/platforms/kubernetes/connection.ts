import { mapsAt, numberAt, scalarAt, textAt } from '../../compose/service/values.ts'
import { mapAt, valueAt, type YamlMap } from '../../yaml/node.ts'
import type { PlatformCall, PlatformConnection } from '../types.ts'
import type { KubernetesObject } from './objects.ts'

/**
 * The names by which others reach the pods of a workload: those of the Services that select it and take its ports as they
 * are (Kubernetes, "DNS for Services and Pods"). More may be in the cluster than is in view.
 */
export function connectionOf(
  { map, namespace }: KubernetesObject,
  objects: readonly KubernetesObject[],
): PlatformConnection {
  const services = selecting({ map, namespace }, objects).filter(({ map: service }) =>
    mapsAt(mapAt(service, 'spec') ?? service, 'ports').every(isStraight),
  )
  return {
    networks: [namespace ?? 'default'],
    names: services.flatMap(({ name }) => {
      const whole = `${name}.${namespace ?? 'default'}`
      return [name, whole, `${whole}.svc`, `${whole}.svc.cluster.local`]
    }),
    open: 'the network of the platform is not here',
  }
}

function labelsOf(workload: YamlMap): ReadonlyMap<string, string> {
  const spec = mapAt(workload, 'spec')
  const template = (spec && mapAt(spec, 'template')) ?? workload
  const labels = mapAt(mapAt(template, 'metadata') ?? template, 'labels')
  return new Map([...(labels?.entries.keys() ?? [])].map((key) => [key, (labels && textAt(labels, key)) ?? '']))
}

/** The Services that send requests to the pods of a workload. */
function selecting(
  { map, namespace }: Pick<KubernetesObject, 'map' | 'namespace'>,
  objects: readonly KubernetesObject[],
) {
  const labels = labelsOf(map)
  return objects.filter((one) => {
    const spec = mapAt(one.map, 'spec')
    const selector = spec && mapAt(spec, 'selector')
    return (
      one.kind === 'Service' &&
      (one.namespace === undefined || namespace === undefined || one.namespace === namespace) &&
      selector !== undefined &&
      selector.entries.size > 0 &&
      [...selector.entries.keys()].every((key) => labels.get(key) === textAt(selector, key))
    )
  })
}

const isStraight = (port: YamlMap): boolean =>
  [numberAt(port, 'port'), undefined].includes(numberAt(port, 'targetPort')) &&
  !/\D/.test(textAt(port, 'targetPort') ?? '')

/**
 * The ports of the pods of a workload to which Services send requests, where all say them by number: what a container
 * declares is no more than a note then (Kubernetes API, "ContainerPort").
 */
export function targetsOf(object: KubernetesObject, objects: readonly KubernetesObject[]): PlatformCall['ports'] {
  const ports = selecting(object, objects).flatMap(({ map }) => mapsAt(mapAt(map, 'spec') ?? map, 'ports'))
  const targets = ports.flatMap((port) => {
    const key = valueAt(port, 'targetPort') ? 'targetPort' : 'port'
    const [target, span] = [numberAt(port, key), scalarAt(port, key)?.span]
    return target === undefined || span === undefined ? [] : [{ target, span }]
  })
  return targets.length === ports.length ? targets : []
}
