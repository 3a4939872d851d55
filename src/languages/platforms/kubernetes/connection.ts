import { mapsAt, numberAt, textAt } from '../../compose/service/values.ts'
import { mapAt, type YamlMap } from '../../yaml/node.ts'
import type { PlatformConnection } from '../types.ts'
import type { KubernetesObject } from './objects.ts'

/**
 * The names by which others reach the pods of a workload: those of the Services that select it and take its ports as they
 * are (Kubernetes, "DNS for Services and Pods"). More may be in the cluster than is in view.
 */
export function connectionOf(
  { map, namespace }: KubernetesObject,
  objects: readonly KubernetesObject[],
): PlatformConnection {
  const labels = labelsOf(map)
  const services = objects.filter(
    (one) =>
      one.kind === 'Service' &&
      (one.namespace === undefined || namespace === undefined || one.namespace === namespace) &&
      selects(mapAt(one.map, 'spec'), labels),
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

function selects(spec: YamlMap | undefined, labels: ReadonlyMap<string, string>): boolean {
  const selector = spec && mapAt(spec, 'selector')
  if (spec === undefined || selector === undefined || selector.entries.size === 0) return false
  const isSame = (port: YamlMap) => [numberAt(port, 'port'), undefined].includes(numberAt(port, 'targetPort'))
  return (
    [...selector.entries.keys()].every((key) => labels.get(key) === textAt(selector, key)) &&
    mapsAt(spec, 'ports').every((port) => isSame(port) && !/\D/.test(textAt(port, 'targetPort') ?? ''))
  )
}
