import type { Box } from '../graph/box.ts'
import type { Arrow, Drawing } from '../graph/boxes.ts'
import { layOut } from './graphviz.ts'
import { type Layout, type Point, sizes } from './placed.ts'

const gap = 32
const narrowest = 1000

/** Places the boxes: those that arrows join from top to bottom by Graphviz, and such groups in rows. */
export async function layoutOf({ boxes, arrows }: Drawing): Promise<Layout> {
  const widths = widthsOf(boxes)
  const sized = boxes.map((box, index) => ({ box, width: widths[index] ?? 0, height: heightOf(box) }))
  const groups: Layout[] = []
  for (const group of groupsOf(boxes.length, arrows)) {
    const within = arrows.filter(({ from }) => group.includes(from.box))
    groups.push(await layOut(sized, within, group))
  }
  return inRows(groups, Math.max(narrowest, ...groups.map(({ width }) => width)))
}

/** The indices of the boxes that arrows join, group by group. */
function groupsOf(count: number, arrows: readonly Arrow[]): readonly (readonly number[])[] {
  const neighbours = Array.from({ length: count }, (): number[] => [])
  for (const { from, to } of arrows) {
    neighbours[from.box]?.push(to.box)
    neighbours[to.box]?.push(from.box)
  }
  const seen = new Set<number>()
  return neighbours.flatMap((_, start) => {
    if (seen.has(start)) return []
    const group = new Set([start])
    for (const box of group) for (const other of neighbours[box] ?? []) group.add(other)
    for (const box of group) seen.add(box)
    return [[...group].sort((one, other) => one - other)]
  })
}

/** Groups side by side, in as many rows as they need. */
function inRows(groups: readonly Layout[], room: number): Layout {
  let [x, y, below, width] = [0, 0, 0, 0]
  const moved = groups.map((group) => {
    if (x > 0 && x + group.width > room) [x, y] = [0, below]
    const [left, top] = [x, y]
    x += group.width + gap
    below = Math.max(below, y + group.height + gap)
    width = Math.max(width, left + group.width)
    const move = <At extends Point>(at: At): At => ({ ...at, x: at.x + left, y: at.y + top })
    return {
      boxes: group.boxes.map(move),
      arrows: group.arrows.map(({ arrow, points }) => ({ arrow, points: points.map(move) })),
    }
  })
  return {
    width,
    height: Math.max(0, below - gap),
    boxes: moved.flatMap((group) => group.boxes),
    arrows: moved.flatMap((group) => group.arrows),
  }
}

/** The width of each box: that of the widest stage or container, so that they stand in line. */
function widthsOf(boxes: readonly Box[]): readonly number[] {
  const isContainer = ({ kind }: Box) => kind === 'container'
  const widest = (container: boolean) =>
    Math.max(0, ...boxes.filter((box) => isContainer(box) === container).map(ownWidth))
  const [stage, container] = [widest(false), widest(true)]
  return boxes.map((box) => (isContainer(box) ? container : stage))
}

function ownWidth({ columns, chipColumns, lines, kind }: Box): number {
  const numbers = Math.max(0, ...lines.map(({ number }) => number.length))
  const lanes = kind === 'container' ? sizes.pad + 6 : sizes.lanes
  const gap = numbers > 0 ? sizes.number : 0
  return Math.ceil(lanes + (numbers + columns + chipColumns) * sizes.character + gap + sizes.pad + 4)
}

const heightOf = ({ lines }: Box): number =>
  sizes.head + (lines.length > 0 ? lines.length * sizes.line + 2 * sizes.rim : 0)
