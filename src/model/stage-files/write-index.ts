import type { Effort, Place, StageFiles, Write } from './types.ts'

/** A path of a stage, with what was written there and below. */
interface PathNode {
  readonly children: Map<string, PathNode>
  /** The numbers of the writes at the path, in order. */
  readonly writes: number[]
  /** For each of them the position of the last one before it that is not the same copy; -1 where there is none. */
  readonly others: number[]
  /** What made it a folder, itself or by what lies below: any write, and those that surely happen. */
  readonly inside: WritesInside
  readonly surelyInside: WritesInside
}

/** The numbers of the first and the last write of a kind. */
interface WritesInside {
  first: number
  last: number
}

interface Index {
  readonly root: PathNode
  /** How many writes are in it. */
  count: number
  /** Whether there is a link in it, or in something that was copied into it. */
  hasLinks: boolean
}

const indices = new WeakMap<StageFiles, Index>()
const done = new WeakSet<StageFiles>()

/** Says that nothing more will be written into a stage. */
export const finish = (files: StageFiles): void => void done.add(files)

/** Whether nothing more will be written into a stage: what is found there stays. */
export const isDone = (files: StageFiles): boolean => done.has(files)

/** The effort of a build of so many instructions. */
export const newEffort = (instructions: number): Effort => ({ left: 300_000 + 50 * instructions })

/** Whether no more may be looked at in the build of `files`. */
export const isSpent = ({ effort }: StageFiles): boolean => effort !== undefined && effort.left <= 0

/** Takes `looks` from the effort of the build of `files`. */
export function spend({ effort }: StageFiles, looks: number): void {
  if (effort) effort.left -= looks
}

/**
 * The numbers of the writes at `path` and at the folders above it, of those before number `before`: the last first.
 * Of copies of the same thing to the same place that follow each other it is the last.
 */
export function* writesAt(files: StageFiles, path: string, before: number): Generator<number, void> {
  const { nodes } = nodesAlong(indexOf(files).root, path)
  spend(files, nodes.length)
  const lists: { readonly writes: readonly number[]; readonly others: readonly number[]; at: number }[] = []
  for (const { writes, others } of nodes)
    if (writes.length > 0) lists.push({ writes, others, at: countBelow(writes, before) - 1 })
  for (;;) {
    let last = lists[0]
    for (const list of lists) if ((list.writes[list.at] ?? -1) > (last?.writes[last.at] ?? -1)) last = list
    const number = last?.writes[last.at]
    if (last === undefined || number === undefined) return
    last.at = last.others[last.at] ?? -1
    spend(files, lists.length)
    yield number
  }
}

/** How many of the sorted `numbers` are below `limit`. */
function countBelow(numbers: readonly number[], limit: number): number {
  if ((numbers.at(-1) ?? 0) < limit) return numbers.length
  let low = 0
  let high = numbers.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] ?? 0) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * Whether something was written below `path`, or a folder made there, after write number `after` and before `before`;
 * where `surely`, by what no condition decides.
 */
export function hasBelow(files: StageFiles, path: string, after: number, before: number, surely: boolean): boolean {
  const node = nodeAt(files, path)
  const inside = surely ? node?.surelyInside : node?.inside
  return inside !== undefined && inside.first < before && inside.last > after
}

/** Whether a link lies anywhere in `files` or in what they start from. */
export function hasLinks(files: StageFiles): boolean {
  for (let at: StageFiles | undefined = files; at; at = at.base) if (indexOf(at).hasLinks) return true
  return false
}

const bringsLinks = (write: Write, files: StageFiles): boolean =>
  write.kind === 'link' ||
  (write.kind === 'copy' && write.from.in === 'stage' && write.from.files !== files && hasLinks(write.from.files))

/** The names in `folder` to which something was written before number `before`, and is not gone with a mount. */
export function namesBelow(files: StageFiles, folder: string, before: number): readonly string[] {
  const children = nodeAt(files, folder)?.children ?? new Map<string, PathNode>()
  const names: string[] = []
  for (const [name, node] of children) {
    if (isSpent(files)) break
    if (hasLiving(node, files, before)) names.push(name)
  }
  return names
}

function hasLiving(node: PathNode, files: StageFiles, before: number): boolean {
  const pending = [node]
  for (let at = pending.pop(); at; at = pending.pop()) {
    spend(files, 1)
    for (const number of at.writes) {
      if (number >= before) break
      spend(files, 1)
      const until = files.writes[number]?.until
      if (until === undefined || until > before) return true
    }
    pending.push(...at.children.values())
  }
  return false
}

function nodeAt(files: StageFiles, path: string): PathNode | undefined {
  const { nodes, isWhole } = nodesAlong(indexOf(files).root, path)
  return isWhole ? nodes.at(-1) : undefined
}

/** The nodes from the root to `path` as far as there are any, and whether they go all the way. */
function nodesAlong(root: PathNode, path: string): { readonly nodes: readonly PathNode[]; readonly isWhole: boolean } {
  const nodes = [root]
  let node: PathNode | undefined = root
  for (let start = 1; start < path.length; ) {
    const slash = path.indexOf('/', start)
    const end = slash === -1 ? path.length : slash
    node = node.children.get(path.slice(start, end))
    if (node === undefined) return { nodes, isWhole: false }
    nodes.push(node)
    start = end + 1
  }
  return { nodes, isWhole: true }
}

function indexOf(files: StageFiles): Index {
  const index = indices.get(files) ?? newIndex(files)
  while (index.count < files.writes.length) {
    const number = index.count++
    const write = files.writes[number]
    if (write === undefined) continue
    const { others, writes } = addNode(index.root, write, number)
    const before = files.writes[writes.at(-1) ?? -1]
    others.push(before && areSame(before, write, files) ? (others.at(-1) ?? -1) : writes.length - 1)
    writes.push(number)
    // A cache is copied from a stage and into it: this may come back here.
    index.hasLinks ||= bringsLinks(write, files)
  }
  return index
}

function newIndex(files: StageFiles): Index {
  const index: Index = { root: newNode(), count: 0, hasLinks: false }
  indices.set(files, index)
  return index
}

const newNode = (): PathNode => ({
  children: new Map(),
  writes: [],
  others: [],
  inside: { first: Number.POSITIVE_INFINITY, last: -1 },
  surelyInside: { first: Number.POSITIVE_INFINITY, last: -1 },
})

function addNode(root: PathNode, { target, kind, cause }: Write, number: number): PathNode {
  const inside = (at: PathNode) => {
    if (kind === 'removed') return
    for (const numbers of cause.runs === 'always' ? [at.inside, at.surelyInside] : [at.inside]) {
      numbers.first = Math.min(numbers.first, number)
      numbers.last = number
    }
  }
  let node = root
  for (const name of target.split('/')) {
    if (name === '') continue
    inside(node)
    const child = node.children.get(name) ?? newNode()
    node.children.set(name, child)
    node = child
  }
  if (kind === 'folder') inside(node)
  return node
}

/** Whether two writes at one place copy the same from where nothing changes any more. */
const areSame = (one: Write, other: Write, files: StageFiles): boolean =>
  one.kind === 'copy' &&
  other.kind === 'copy' &&
  one.until === undefined &&
  other.until === undefined &&
  isSamePlace(one.from, other.from, files)

function isSamePlace(one: Place, other: Place, files: StageFiles): boolean {
  if (one.in === 'context' && other.in === 'context') return one.context === other.context && one.path === other.path
  if (one.in !== 'stage' || other.in !== 'stage') return false
  return one.files === other.files && one.files !== files && one.path === other.path && one.before === other.before
}
