import { type Known, known, unknown } from '../../../text/known.ts'
import type { Source, Span } from '../../../text/source.ts'
import { scalarAt, textAt } from '../../compose/service/values.ts'
import { loadYaml } from '../../yaml/load.ts'
import { mapAt, valueAt, type YamlMap } from '../../yaml/node.ts'

/** An object of a manifest. */
export interface KubernetesObject {
  readonly kind: string
  readonly apiVersion: string
  readonly name: string
  readonly nameSpan: Span
  readonly namespace: string | undefined
  readonly map: YamlMap
  readonly source: Source
}

/** The objects of a manifest, those of a List as well. */
export function objectsIn(source: Source): readonly KubernetesObject[] {
  return loadYaml(source).documents.flatMap(({ root }) => (root.kind === 'map' ? objectsOf(root, source) : []))
}

function objectsOf(map: YamlMap, source: Source): readonly KubernetesObject[] {
  const kind = textAt(map, 'kind')
  const apiVersion = textAt(map, 'apiVersion')
  if (kind === undefined || apiVersion === undefined) return []
  const items = valueAt(map, 'items')
  if (kind.endsWith('List') && items?.kind === 'list')
    return items.items.flatMap((item) => (item.kind === 'map' ? objectsOf(item, source) : []))
  const metadata = mapAt(map, 'metadata')
  const name = metadata && scalarAt(metadata, 'name')
  if (metadata === undefined || name === undefined) return []
  return [
    { kind, apiVersion, name: name.text, nameSpan: name.span, namespace: textAt(metadata, 'namespace'), map, source },
  ]
}

/** A value that a ConfigMap or a Secret holds. */
export interface HeldValue {
  readonly key: string
  readonly value: Known<string>
  readonly keySpan: Span
  readonly span: Span
}

/** What a ConfigMap or Secret of a name holds; undefined where none is in view, or more than one. */
export type Holders = (
  kind: 'ConfigMap' | 'Secret',
  name: string,
  namespace: string | undefined,
) => readonly HeldValue[] | undefined

/** Finds ConfigMaps and Secrets among objects. One without a namespace may be of any. */
export function holdersIn(objects: readonly KubernetesObject[]): Holders {
  return (kind, name, namespace) => {
    const found = objects.filter(
      (one) =>
        one.kind === kind &&
        one.name === name &&
        (one.namespace === undefined || namespace === undefined || one.namespace === namespace),
    )
    const [only, more] = found
    return only && more === undefined ? heldBy(only) : undefined
  }
}

function heldBy({ kind, map }: KubernetesObject): readonly HeldValue[] {
  const values = (key: string, read: (text: string) => Known<string>) =>
    [...(mapAt(map, key)?.entries.values() ?? [])].flatMap(({ key: name, keySpan, value }): readonly HeldValue[] =>
      value.kind === 'scalar' ? [{ key: name, keySpan, span: value.span, value: read(value.text) }] : [],
    )
  const own = values('data', kind === 'Secret' ? decoded : known)
  const plain = kind === 'Secret' ? values('stringData', known) : []
  return [...own.filter(({ key }) => plain.every((one) => one.key !== key)), ...plain]
}

/** The text that a Secret holds in base64. What stands there instead until it is deployed is not known. */
function decoded(text: string): Known<string> {
  const written = text.replace(/\s+/g, '')
  return /^[A-Za-z0-9+/]*={0,2}$/.test(written) && written.length % 4 === 0
    ? known(Buffer.from(written, 'base64').toString('utf8'))
    : { ...unknown('it is put in before the manifest is applied'), isSet: true }
}
