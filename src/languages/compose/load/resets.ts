import type { YamlEntry, YamlMap, YamlNode } from '../../yaml/node.ts'
import type { Path } from '../../yaml/tags.ts'

/** `root` without the keys that `resets` name; `*` in them stands for any key. */
export function applyResets(root: YamlMap, resets: readonly Path[]): YamlMap {
  return resets.length === 0 ? root : prune(root, resets)
}

function prune(map: YamlMap, resets: readonly Path[]): YamlMap {
  const entries = new Map<string, YamlEntry>()
  for (const [key, entry] of map.entries) {
    const here = resets.filter((path) => path[0] === key || path[0] === '*')
    if (here.some((path) => path.length === 1)) continue
    const inside = here.map((path) => path.slice(1)).filter((path) => path.length > 0)
    entries.set(key, inside.length === 0 ? entry : { ...entry, value: pruneValue(entry.value, inside) })
  }
  return { ...map, entries }
}

const pruneValue = (node: YamlNode, resets: readonly Path[]): YamlNode =>
  node.kind === 'map' ? prune(node, resets) : node
