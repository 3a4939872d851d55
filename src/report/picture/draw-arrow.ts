import type { PlacedArrow, Point } from './placed.ts'

const length = 9
const halfWidth = 4

/** An arrow as SVG: its line, in the colour of what it carries, and its tip. */
export function drawArrow({ arrow, points }: PlacedArrow): string {
  const [start, ...curve] = points
  const tip = curve.at(-1)
  if (start === undefined || tip === undefined) return ''
  const before = curve.findLast(({ x, y }) => Math.hypot(tip.x - x, tip.y - y) > 1) ?? start
  const role = arrow.way ?? 'line'
  const dashes =
    arrow.kind === 'mount' ? ' stroke-dasharray="5 3"' : arrow.kind === 'needs' ? ' stroke-dasharray="1 4"' : ''
  const wide = arrow.way === null ? 1.5 : 2.5
  const line = `M${at(start)}C${curve.map(at).join(' ')}`
  return [
    `<g><title>${titles[arrow.kind]}${arrow.way === null ? '' : ` of the ${arrow.way}`}</title>`,
    `<path class="k-${role}" d="${line}" fill="none" stroke-width="${wide}" stroke-linecap="round"${dashes}/>`,
    `<path class="f-${role}" d="${head(tip, before)}"/></g>`,
  ].join('')
}

const titles = {
  base: 'starts from it',
  copy: 'copy',
  mount: 'mount',
  runs: 'runs the image',
  needs: 'waits for it',
} as const

function head(tip: Point, before: Point): string {
  const distance = Math.hypot(tip.x - before.x, tip.y - before.y) || 1
  const [x, y] = [(tip.x - before.x) / distance, (tip.y - before.y) / distance]
  const back = { x: tip.x - x * length, y: tip.y - y * length }
  const left = { x: back.x - y * halfWidth, y: back.y + x * halfWidth }
  const right = { x: back.x + y * halfWidth, y: back.y - x * halfWidth }
  return `M${at(tip)}L${at(left)}L${at(right)}Z`
}

const at = ({ x, y }: Point): string => `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
