import type { YamlMap, YamlNode } from '../../yaml/node.ts'

const told = new Set(
  'build command entrypoint environment env_file healthcheck ports image profiles secrets configs depends_on deploy scale networks extends'.split(
    ' ',
  ),
)

/** Keys of which Compose tells an empty value from none. */
const pointers = new Set('init attach umask logging develop blkio_config credential_spec provider'.split(' '))

/** The keys of a service that have an effect and that `Service` has no field of its own for, sorted. */
export function extraKeys(service: YamlMap): readonly string[] {
  return [...service.entries.values()]
    .filter(({ key, value }) => !told.has(key) && !key.startsWith('x-') && counts(key, value))
    .map(({ key }) => key)
    .toSorted()
}

function counts(key: string, node: YamlNode): boolean {
  if (node.kind === 'scalar' && node.type === 'null') return false
  if (pointers.has(key)) return true
  if (node.kind === 'list') return node.items.length > 0
  if (node.kind === 'map') return node.entries.size > 0
  return !(
    node.text === '' ||
    (node.type === 'bool' && node.text === 'false') ||
    (node.type !== 'string' && Number(node.text) === 0)
  )
}
