import type { Span } from '../../../text/source.ts'
import { valueAt, type YamlMap } from '../../yaml/node.ts'
import type { ServiceDependency } from '../service-types.ts'
import { flagAt, scalarAt, scalarsOf, textAt } from './values.ts'

/** What a service waits for: `depends_on`, and what `links`, shared namespaces and `volumes_from` imply. */
export function dependenciesOf(service: YamlMap): readonly ServiceDependency[] {
  const found = new Map<string, ServiceDependency>()
  const written = valueAt(service, 'depends_on')
  for (const entry of written?.kind === 'map' ? written.entries.values() : []) {
    if (entry.value.kind !== 'map') continue
    const condition = textAt(entry.value, 'condition') ?? 'service_started'
    const { key: name, keySpan: span } = entry
    found.set(name, {
      name,
      condition,
      required: flagAt(entry.value, 'required'),
      restart: flagAt(entry.value, 'restart'),
      span,
    })
  }
  const imply = (name: string, restart: boolean, span: Span) => {
    if (!found.has(name)) found.set(name, { name, condition: 'service_started', required: true, restart, span })
  }
  for (const link of scalarsOf(valueAt(service, 'links'))) {
    const parts = link.text.split(':')
    imply(parts.length === 2 ? (parts[0] ?? '') : link.text, true, link.span)
  }
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const node = scalarAt(service, key)
    if (node?.text.startsWith('service:')) imply(node.text.slice('service:'.length), true, node.span)
  }
  for (const from of scalarsOf(valueAt(service, 'volumes_from'))) {
    if (!from.text.startsWith('container:')) imply(from.text.split(':')[0] ?? '', false, from.span)
  }
  return [...found.values()]
}
