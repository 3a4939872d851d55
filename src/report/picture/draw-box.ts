import type { Box, BoxLine } from '../graph/box.ts'
import { type Graph, type Way, ways } from '../graph/graph.ts'
import { escaped } from './escape.ts'
import { type PlacedBox, sizes } from './placed.ts'

/** How boxes are drawn: in a page findings are links; `seen` are those that have their id already. */
export interface BoxStyle {
  readonly inPage: boolean
  readonly seen: Set<number>
}

const marks = { error: '✖', warning: '▲', info: '●' } as const
const laneAt: Readonly<Record<Way, number>> = { assets: 9, release: 19, secrets: 29 }

/** A stage or container as SVG. */
export function drawBox(placed: PlacedBox, graph: Graph, style: BoxStyle): string {
  const { box, x, y, width, height } = placed
  const ships = box.kind === 'ships'
  const [back, line] = ships ? ['shipHead', 'shipBorder'] : ['head', 'border']
  const rounded = `M0 ${sizes.head}V8a8 8 0 0 1 8-8H${width - 8}a8 8 0 0 1 8 8V${sizes.head}Z`
  const badge = ships
    ? `<text class="s b f-shipBorder" x="${width - sizes.pad}" y="19" text-anchor="end">◆ runs</text>`
    : ''
  return [
    `<g id="${box.id}" transform="translate(${round(x)} ${round(y)})" role="group" aria-label="${escaped(box.title)}">`,
    `<rect class="f-box" width="${width}" height="${height}" rx="8"/>`,
    `<path class="f-${back}" d="${rounded}"/>`,
    `<rect class="k-${line}" width="${width}" height="${height}" rx="8" fill="none" stroke-width="${ships ? 2 : 1}"/>`,
    `<text class="s h f-text" x="${sizes.pad}" y="19">${escaped(box.title)}</text>${badge}`,
    `<text class="t f-dim" x="${sizes.pad}" y="37">${escaped(box.subtitle)}</text>`,
    ...(box.kind === 'container' ? [] : ways.filter((way) => way !== 'secrets').map((way) => laneOf(way, box))),
    ...box.lines.map((one, index) => drawLine(one, index, placed, graph, style)),
    '</g>',
  ].join('\n')
}

const middleOf = (index: number): number => sizes.head + sizes.rim + index * sizes.line + sizes.line / 2

/** The line from the first to the last step of a way. */
function laneOf(way: Way, { lines }: Box): string {
  const on = lines.flatMap((line, index) => (line.ways.includes(way) ? [index] : []))
  const [first, last] = [on[0], on.at(-1)]
  if (first === undefined || last === undefined || first === last) return ''
  return `<path class="k-${way}" d="M${laneAt[way]} ${middleOf(first)}V${middleOf(last)}" stroke-width="2.5" opacity=".75"/>`
}

function drawLine(line: BoxLine, index: number, { box, width }: PlacedBox, graph: Graph, style: BoxStyle): string {
  const y = middleOf(index)
  const numbers = Math.max(0, ...box.lines.map(({ number }) => number.length))
  const lanes = box.kind === 'container' ? sizes.pad : sizes.lanes
  const left = lanes + (numbers > 0 ? numbers * sizes.character + sizes.number : 0) + line.indent * sizes.character
  if (line.finding !== undefined) return drawFinding(line, line.finding, { y, left, width }, graph, style)
  const dots = line.ways.map((way) => {
    const x = box.kind === 'container' ? width - sizes.pad : laneAt[way]
    return `<circle class="f-${way}" cx="${x}" cy="${y}" r="4.5"/>`
  })
  const number = line.number === '' ? '' : textAt(lanes + numbers * sizes.character, y, line.number, 'f-dim', 'end')
  const text = line.kind === 'label' ? textAt(left, y, line.text, 'f-dim') : code(left, y, line.text)
  const chip = line.chip ? chipAt(width - sizes.pad, y, line.chip) : ''
  return `<g class="row"><title>${escaped(line.whole)}</title><rect x="1" y="${y - sizes.line / 2}" width="${width - 2}" height="${sizes.line}" fill="none" pointer-events="all"/>${dots.join('')}${number}${text}${chip}</g>`
}

/** A line of code: its first word is the instruction or the name. */
function code(x: number, y: number, text: string): string {
  const first = /^\S+/.exec(text)?.[0] ?? ''
  return `<text class="t f-text" x="${round(x)}" y="${y + 4}"><tspan class="f-keyword">${escaped(first)}</tspan>${escaped(text.slice(first.length))}</text>`
}

const textAt = (x: number, y: number, text: string, role: string, anchor = 'start'): string =>
  `<text class="t ${role}" x="${round(x)}" y="${y + 4}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`

function chipAt(right: number, y: number, { text, way }: NonNullable<BoxLine['chip']>): string {
  const width = text.length * sizes.character + 10
  const role = way ?? 'dim'
  return `<rect class="k-${role}" x="${round(right - width)}" y="${y - 8}" width="${round(width)}" height="16" rx="8" fill="none"/>${textAt(right - 5, y, text, `f-${role}`, 'end')}`
}

function drawFinding(
  line: BoxLine,
  index: number,
  { y, left, width }: { readonly y: number; readonly left: number; readonly width: number },
  graph: Graph,
  { inPage, seen }: BoxStyle,
): string {
  const severity = graph.findings[index]?.severity ?? 'error'
  const message = `${severity}: ${line.whole}`
  const body = [
    `<title>${escaped(message)}</title>`,
    `<rect class="f-${severity}Back" x="${left - 6}" y="${y - 9}" width="${round(width - left - 2)}" height="18" rx="4"/>`,
    `<text class="t b f-${severity}" x="${round(left)}" y="${y + 4}">${marks[severity]} ${escaped(line.text)}</text>`,
  ].join('')
  if (!inPage) return `<g>${body}</g>`
  const id = seen.has(index) ? '' : ` id="at-${index}"`
  seen.add(index)
  return `<a${id} class="finding" href="#finding-${index}" data-finding="${index}" aria-label="${escaped(message)}">${body}</a>`
}

const round = (value: number): number => Math.round(value * 10) / 10
