import type { Shown } from '../../masking/shown.ts'
import { type Drawing, drawingOf } from '../graph/boxes.ts'
import { type DrawOptions, type Graph, ways } from '../graph/graph.ts'
import { containerTitle } from '../graph/names.ts'
import { drawArrow } from './draw-arrow.ts'
import { drawBox } from './draw-box.ts'
import { escaped } from './escape.ts'
import { layoutOf } from './layout.ts'
import { paletteCss } from './palette.ts'
import { type Layout, sizes } from './placed.ts'

/** The graph as a picture of its own, dark where the reader's system is. */
export async function graphSvg(graph: Shown<Graph>, { title }: DrawOptions): Promise<string> {
  const drawing = drawingOf(graph)
  return `${drawn(graph, drawing, await layoutOf(drawing), title, false)}\n`
}

/** The picture inside of a page: its findings are links to `#finding-N`, its colours are those of the page. */
export async function pictureOf(graph: Graph, title: string): Promise<string> {
  const drawing = drawingOf(graph)
  return drawn(graph, drawing, await layoutOf(drawing), title, true)
}

const margin = 24
const caption = 22

/** The style that every picture has. */
export const pictureCss = `.t{font:${sizes.font}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;white-space:pre}.s{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif}.h{font-weight:700;font-size:14px}.b{font-weight:700}${paletteCss()}`

function drawn(graph: Graph, drawing: Drawing, layout: Layout, title: string, inPage: boolean): string {
  const captions = [
    ...graph.builds.slice(0, 6).map(({ file, context }) => {
      return `${file}  ·  build context ${context.root}: ${context.files} files sent, ${context.ignored} ignored`
    }),
    ...(drawing.omitted === '' ? [] : [drawing.omitted]),
  ]
  const top = margin + captions.length * caption
  const legend = legendOf()
  const width = Math.max(layout.width, 560, ...captions.map((text) => Math.min(text.length * 6.4, 900))) + margin * 2
  const height = top + layout.height + 52 + margin
  const role = inPage ? `role="group" style="min-width:${round(width * 0.7)}px"` : 'role="img"'
  const seen = new Set<number>()
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" ${role} aria-labelledby="picture-title picture-desc">`,
    `<title id="picture-title">The build of ${escaped(title)}</title>`,
    `<desc id="picture-desc">${escaped(descriptionOf(graph))}</desc>`,
    ...(inPage ? [] : [`<style>${pictureCss}</style>`]),
    `<rect class="f-page" width="100%" height="100%" rx="8"/>`,
    ...captions.map((text, index) => {
      return `<text class="s f-dim" x="${margin}" y="${margin + index * caption + 8}">${escaped(text)}</text>`
    }),
    `<g transform="translate(${margin} ${top})">`,
    ...layout.arrows.map(drawArrow),
    ...layout.boxes.map((placed) => drawBox(placed, graph, { inPage, seen })),
    '</g>',
    `<g transform="translate(${margin} ${round(height - margin - 6)})">${legend}</g>`,
    '</svg>',
  ].join('\n')
}

/** The picture in words, for those who cannot see it. */
function descriptionOf(graph: Graph): string {
  const { stages, containers, findings } = graph
  const built = stages.map(
    ({ name, index, base, ships }) => `${name ?? `stage ${index}`} from ${base}${ships ? ', which runs' : ''}`,
  )
  const run = containers.map((container) => containerTitle(container, graph))
  const rules = findings.map(({ rule, file, line }) => `${rule} at ${file}:${line}`)
  const list = (title: string, all: readonly string[]) =>
    all.length === 0
      ? ''
      : ` ${title}: ${all.slice(0, 30).join('; ')}${all.length > 30 ? ` and ${all.length - 30} more` : ''}.`
  return `${list('Stages', built)}${list('Containers', run)}${list('Findings', rules)}`.trim()
}

function legendOf(): string {
  const parts: string[] = []
  let x = 0
  const add = (mark: string, text: string) => {
    parts.push(`<g transform="translate(${x} 0)">${mark}<text class="s f-dim" x="22" y="4">${text}</text></g>`)
    x += 34 + text.length * 6.6
  }
  for (const way of ways) {
    const mark = `<path class="k-${way}" d="M2 0H16" stroke-width="2.5"/><circle class="f-${way}" cx="9" cy="0" r="4.5"/>`
    add(mark, way)
  }
  add('<path class="k-line" d="M0 0H17" stroke-width="1.5"/>', 'base or copy')
  add('<path class="k-line" d="M0 0H17" stroke-width="1.5" stroke-dasharray="5 3"/>', 'mount')
  add(
    '<path class="k-line" d="M0 0H17" stroke-width="1.5" stroke-dasharray="1 4" stroke-linecap="round"/>',
    'waits for',
  )
  return parts.join('')
}

const round = (value: number): number => Math.round(value * 10) / 10
