import type { StageFiles } from './files.ts'

interface Index {
  /** How many writes are in it. */
  count: number
  /** The numbers of the writes at a path, in order. */
  readonly at: Map<string, number[]>
  /** The folders above a write. */
  readonly above: Set<string>
}

const indices = new WeakMap<StageFiles, Index>()

/** The numbers of the writes at `path` and at the folders above it, of those before number `before`: the last first. */
export function* writesAt(files: StageFiles, path: string, before: number): Generator<number, void> {
  const { at } = indexOf(files)
  const lists = [path, ...foldersAbove(path)].flatMap((place) => {
    const numbers = at.get(place)
    return numbers ? [{ numbers, next: countBelow(numbers, before) - 1 }] : []
  })
  for (;;) {
    let last = lists[0]
    for (const list of lists) if ((list.numbers[list.next] ?? -1) > (last?.numbers[last.next] ?? -1)) last = list
    const number = last?.numbers[last.next]
    if (last === undefined || number === undefined) return
    last.next--
    yield number
  }
}

/** How many of the sorted `numbers` are below `limit`. */
function countBelow(numbers: readonly number[], limit: number): number {
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether something was ever written below `path`, or a folder made there. */
export function hasBelow(files: StageFiles, path: string): boolean {
  const { above, at } = indexOf(files)
  return above.has(path) || (at.get(path) ?? []).some((number) => files.writes[number]?.kind === 'folder')
}

function indexOf(files: StageFiles): Index {
  const index = indices.get(files) ?? { count: 0, at: new Map(), above: new Set() }
  indices.set(files, index)
  for (; index.count < files.writes.length; index.count++) {
    const target = files.writes[index.count]?.target ?? '/'
    const there = index.at.get(target)
    if (there) there.push(index.count)
    else index.at.set(target, [index.count])
    for (const folder of foldersAbove(target)) {
      if (index.above.has(folder)) break
      index.above.add(folder)
    }
  }
  return index
}

function foldersAbove(path: string): readonly string[] {
  const folders: string[] = []
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    folders.push(path.slice(0, slash))
  }
  return path === '/' ? [] : [...folders, '/']
}
