import { scalarAt, scalarsOf, textAt, tracedAt } from '../../compose/service/values.ts'
import type { NamedText } from '../../compose/service-types.ts'
import { mapAt, type ScalarNode, valueAt, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import { plainCall } from '../plain.ts'
import type { PlatformCall } from '../types.ts'
import { wordsOf } from '../words.ts'

/**
 * What Kamal starts beside the app, such as its database (kamal-deploy.org, "Accessories"). `hosts` are the machines of the
 * app: others find an accessory by its name only on its own machine.
 */
export function accessoriesOf(
  root: YamlMap,
  hosts: readonly string[],
  variablesOf: (env: YamlNode | undefined) => readonly NamedText[],
): readonly PlatformCall[] {
  const service = textAt(root, 'service') ?? ''
  return [...(mapAt(root, 'accessories')?.entries.values() ?? [])].flatMap(({ key, keySpan, value }) => {
    if (value.kind !== 'map') return []
    const own = [scalarAt(value, 'host'), ...scalarsOf(valueAt(value, 'hosts'))].flatMap((one) => one?.text ?? [])
    const isElsewhere =
      own.length > 0 &&
      hosts.length > 0 &&
      [...own, ...hosts].every(isPlain) &&
      own.every((one) => !hosts.includes(one))
    const network = textAt(value, 'network') ?? 'kamal'
    const call: PlatformCall = {
      ...plainCall,
      name: key,
      subject: `the accessory \`${key}\` of Kamal`,
      span: keySpan,
      region: value.span,
      image: tracedAt(value, 'image'),
      build: undefined,
      variables: variablesOf(valueAt(value, 'env')),
      open: valueAt(value, 'options') ? 'its options may give it' : undefined,
      always: undefined,
      command: wordsOf(valueAt(value, 'cmd')),
      mounts: [
        ...scalarsOf(valueAt(value, 'volumes')).flatMap(mountOf),
        ...['directories', 'files'].flatMap((name) => scalarsOf(valueAt(value, name)).flatMap(boundOf)),
      ],
      connection: {
        networks: [isElsewhere ? `${network} of ${own.join(', ')}` : network],
        names: [textAt(value, 'service') ?? `${service}-${key}`],
        open: undefined,
      },
    }
    return [call]
  })
}

const isPlain = (host: string): boolean => !host.includes('<%')

/** What is mounted by `from:to`; what has a name is a volume that Docker makes. */
export function mountOf(node: ScalarNode): PlatformCall['mounts'] {
  const [from, target] = node.text.split(':')
  const isNew = from !== undefined && /^[\w-]+$/.test(from)
  return target?.startsWith('/') ? [{ target, from, isNew, span: node.span }] : []
}

/** A folder or file that Kamal keeps on the machine. */
const boundOf = (node: ScalarNode): PlatformCall['mounts'] => mountOf(node).map((one) => ({ ...one, isNew: false }))
