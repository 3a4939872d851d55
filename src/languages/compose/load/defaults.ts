import { gap } from '../../../text/known.ts'
import { isString, textNode, valueAt, withEntry, type YamlMap, type YamlNode } from '../../yaml/node.ts'
import { complain, type Gathered } from '../problems.ts'
import { isIp } from '../specs/ip.ts'
import { mapServices } from './load-file.ts'

/** `root` with what Compose puts where nothing is written: a build's context, a secret's target, a port's protocol. */
export function withDefaults(root: YamlMap): YamlMap {
  return mapServices(root, (service) => {
    let result = service
    const build = valueAt(result, 'build')
    if (build?.kind === 'map') result = withEntry(result, 'build', withText(build, 'context', '.'))
    result = eachOf(result, 'ports', (port) => withText(withText(port, 'protocol', 'tcp'), 'mode', 'ingress'))
    return eachOf(result, 'secrets', (secret) => {
      const source = valueAt(secret, 'source')
      return withText(secret, 'target', `/run/secrets/${isString(source) ? source.text : '%!s(<nil>)'}`)
    })
  })
}

const withText = (map: YamlMap, key: string, text: string): YamlMap =>
  map.entries.has(key) ? map : withEntry(map, key, textNode(text, map.span))

function eachOf(service: YamlMap, key: string, change: (item: YamlMap) => YamlMap): YamlMap {
  const list = valueAt(service, key)
  if (list?.kind !== 'list') return service
  return withEntry(service, key, {
    ...list,
    items: list.items.map((item): YamlNode => (item.kind === 'map' ? change(item) : item)),
  })
}

/** Complains of volumes, secrets, configs and ports that contradict themselves. */
export function checkResources(gathered: Gathered, root: YamlMap): void {
  for (const resource of maps(valueAt(root, 'volumes'))) checkExternal(gathered, resource)
  for (const resource of maps(valueAt(root, 'configs')))
    checkFile(gathered, resource, ['file', 'environment', 'content'])
  for (const resource of maps(valueAt(root, 'secrets'))) checkFile(gathered, resource, ['file', 'environment'])
  for (const service of maps(valueAt(root, 'services'))) {
    for (const port of maps(valueAt(service, 'ports'))) checkAddress(gathered, port)
    const develop = valueAt(service, 'develop')
    for (const watch of develop?.kind === 'map' ? maps(valueAt(develop, 'watch')) : []) {
      const path = valueAt(watch, 'path')
      if (isString(path) && path.text === '') complain(gathered, watch.span, '`path` is empty')
    }
  }
}

function maps(node: YamlNode | undefined): readonly YamlMap[] {
  const inner =
    node?.kind === 'list'
      ? node.items
      : node?.kind === 'map'
        ? [...node.entries.values()].map((entry) => entry.value)
        : []
  return inner.filter((one) => one.kind === 'map')
}

function checkExternal(gathered: Gathered, volume: YamlMap): void {
  const external = valueAt(volume, 'external')
  if (external?.kind !== 'scalar' || external.text !== 'true') return
  const other = [...volume.entries.values()].find(
    ({ key }) => key !== 'name' && key !== 'external' && !key.startsWith('x-'),
  )
  if (other) complain(gathered, other.keySpan, `\`${other.key}\` contradicts \`external\``)
}

function checkFile(gathered: Gathered, resource: YamlMap, keys: readonly string[]): void {
  const written = [...resource.entries.values()].filter(({ key }) => keys.includes(key))
  const [first, second] = written
  const names = keys.map((key) => `\`${key}\``).join(', ')
  if (first && second)
    complain(gathered, second.keySpan, `only one of ${names} can be given`, [
      { span: first.keySpan, text: 'this is given already' },
    ])
  const elsewhere = resource.entries.has('driver') || resource.entries.has('external')
  if (written.length === 0 && !elsewhere) complain(gathered, resource.span, `one of ${names} must be given`)
}

function checkAddress(gathered: Gathered, port: YamlMap): void {
  const address = valueAt(port, 'host_ip')
  if (isString(address) && address.unknown === undefined && !address.text.includes(gap) && !isIp(address.text)) {
    complain(gathered, address.span, `\`${address.text}\` is not an IP address`)
  }
}
