import { type Entry, type Host, ReadFailure } from './host.ts'
import { byPath, foldersOf, isScriptPath } from './tree.ts'

/** A host of texts or bytes by path, for tests and for texts that are on no disk. */
export function memoryHost(files: Readonly<Record<string, string | Uint8Array>>): Host {
  const contents = new Map<string, Uint8Array>()
  for (const [path, content] of Object.entries(files)) {
    contents.set(path, typeof content === 'string' ? new TextEncoder().encode(content) : content)
  }
  const listing = new Map<string, Entry[]>([['', []]])
  const add = (path: string, kind: 'file' | 'folder', size: number) => {
    const slash = path.lastIndexOf('/')
    const folder = path.slice(0, Math.max(0, slash))
    const executable = kind === 'folder' || isScriptPath(path)
    const entries = listing.get(folder) ?? []
    entries.push({ name: path.slice(slash + 1), kind, size, executable })
    listing.set(folder, entries)
  }
  for (const [path, bytes] of contents) add(path, 'file', bytes.length)
  for (const path of foldersOf([...contents.keys()])) add(path, 'folder', 0)
  for (const entries of listing.values()) {
    entries.sort((one, other) => byPath({ path: one.name }, { path: other.name }))
  }
  return {
    list: async (folder) => listing.get(folder) ?? [],
    async read(path) {
      const bytes = contents.get(path)
      if (bytes === undefined) throw new ReadFailure(path, listing.has(path) ? 'folder' : 'absent')
      return bytes
    },
  }
}
