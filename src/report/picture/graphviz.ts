import type { Arrow } from '../graph/boxes.ts'
import { type Layout, type PlacedBox, type Point, type SizedBox, sizes } from './placed.ts'

/** Has Graphviz place the boxes of `group` (indices) and the arrows. It gets their sizes only, and none of their texts. */
export async function layOut(
  boxes: readonly SizedBox[],
  arrows: readonly Arrow[],
  group: readonly number[],
): Promise<Layout> {
  const [only] = group.map((index) => boxes[index])
  if (only && group.length === 1) {
    return { width: only.width, height: only.height, boxes: [{ ...only, x: 0, y: 0 }], arrows: [] }
  }
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz')
  const graphviz = await Graphviz.load()
  return read(graphviz.layout(sourceOf(boxes, arrows, group), 'json', 'dot'), boxes, arrows)
}

/** Boxes from top to bottom; what is copied goes along their right sides. */
function sourceOf(boxes: readonly SizedBox[], arrows: readonly Arrow[], group: readonly number[]): string {
  const end = ({ box, line }: Arrow['from']) => (line === undefined ? `b${box}` : `b${box}:l${line}:e`)
  return [
    'digraph { graph [nodesep=0.35, ranksep=0.45] node [shape=plain] edge [arrowhead=none]',
    ...group.flatMap((index) => {
      const box = boxes[index]
      return box ? [`b${index} [label=<${tableOf(box)}>]`] : []
    }),
    ...arrows.map(({ from, to }, index) => `${end(from)} -> ${end(to)} [id="a${index}"]`),
    '}',
  ].join('\n')
}

function tableOf({ box, width }: SizedBox): string {
  const cell = (port: string, height: number) =>
    `<TR><TD${port === '' ? '' : ` PORT="${port}"`} FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}"></TD></TR>`
  const rows = box.lines.map((_, index) => cell(`l${index}`, sizes.line))
  const rim = box.lines.length > 0 ? cell('', sizes.rim) : ''
  return `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0">${cell('', sizes.head)}${rim}${rows.join('')}${rim}</TABLE>`
}

interface Laid {
  readonly bb: string
  readonly objects?: readonly { readonly name: string; readonly pos?: string }[]
  readonly edges?: readonly { readonly id?: string; readonly pos?: string }[]
}

/** What Graphviz says: `bb` is the frame, `pos` the middle of a box or the points of an arrow; y goes up. */
function read(json: string, boxes: readonly SizedBox[], arrows: readonly Arrow[]): Layout {
  const laid: Laid = JSON.parse(json)
  const [, , width = 0, height = 0] = laid.bb.split(',').map(Number)
  const point = (text: string): Point => {
    const [x = 0, y = 0] = text
      .replace(/^[es],/, '')
      .split(',')
      .map(Number)
    return { x, y: height - y }
  }
  const middles = new Map(laid.objects?.map(({ name, pos }) => [name, point(pos ?? '0,0')]))
  const ways = new Map(laid.edges?.map(({ id, pos }) => [id, (pos ?? '').split(' ').map(point)]))
  return {
    width,
    height,
    boxes: boxes.flatMap((box, index): readonly PlacedBox[] => {
      const middle = middles.get(`b${index}`)
      return middle ? [{ ...box, x: middle.x - box.width / 2, y: middle.y - box.height / 2 }] : []
    }),
    arrows: arrows.map((arrow, index) => ({ arrow, points: ways.get(`a${index}`) ?? [] })),
  }
}
