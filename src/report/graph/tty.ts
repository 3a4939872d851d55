import type { Shown } from '../../masking/shown.ts'
import { columnsOf } from '../terminal/cells.ts'
import { type Paint, paintWith } from '../terminal/colour.ts'
import { cutLine } from '../terminal/cut.ts'
import { counted } from '../terminal/place.ts'
import { wrap } from '../terminal/wrap.ts'
import type {
  DrawOptions,
  Graph,
  GraphContainer,
  GraphEffect,
  GraphFinding,
  GraphPlace,
  GraphVariable,
  Way,
} from './graph.ts'
import { containerTitle } from './names.ts'
import {
  foldedText,
  type GraphRow,
  isResult,
  type Page,
  pagesOf,
  rowIndex,
  stageName,
  tellingCommands,
} from './rows.ts'

const mostRows = 400

/** The graph as trees: each stage with what its steps leave behind, then the containers. */
export function graphTty(graph: Shown<Graph>, { colour, width }: DrawOptions): string {
  const paint = paintWith(colour)
  const pages = pagesOf(graph, mostRows)
  const places = rowIndex(pages)
  const pen: Pen = { graph, pages, paint, width, sources: sourcesOf(graph, pages, places) }
  const blocks = graph.builds.flatMap(({ file, context }, build) => [
    paint.bold(file) +
      paint.dim(` · context ${context.root} · ${counted(context.files, 'file')} sent, ${context.ignored} ignored`),
    ...pages.filter(({ stage }) => stage.build === build).map((page) => pageText(page, pen)),
  ])
  const containers = graph.containers.map((container) => containerText(container, pen))
  const elsewhere = findingLines(unplaced(graph), '', pen)
  const ending = [
    endingOf(graph, paint),
    ...graph.notes.flatMap((note) => hanging(`note: ${note}`, width).map(paint.dim)),
  ]
  const rest = elsewhere.length > 0 ? [[paint.bold('elsewhere'), ...elsewhere].join('\n')] : []
  return `${[...blocks, ...containers, ...rest, ending.join('\n')].join('\n\n')}\n`
}

interface Pen {
  readonly graph: Graph
  readonly pages: readonly Page[]
  readonly paint: Paint
  readonly width: number
  /** What is brought to a step from other stages, by its id: `builder:27`. */
  readonly sources: ReadonlyMap<number, readonly string[]>
}

function sourcesOf(graph: Graph, pages: readonly Page[], places: ReturnType<typeof rowIndex>): Pen['sources'] {
  const sources = new Map<number, string[]>()
  for (const { from, to, kind } of graph.edges) {
    if (kind === 'next' || kind === 'base') continue
    const place = places.get(from)
    const page = place && pages[place.page]
    if (page === undefined) continue
    const text = `${stageName(page.stage)}:${page.rows[place?.row ?? 0]?.line ?? page.stage.line}`
    sources.set(to, [...(sources.get(to) ?? []), text])
  }
  return sources
}

function pageText({ stage, rows }: Page, pen: Pen): string {
  const { paint, graph } = pen
  const gutter = String(Math.max(...rows.map(({ line }) => line), 1)).length
  const origin = stage.from === null ? undefined : graph.stages[stage.from]
  const base = origin ? `the stage ${stageName(origin)}` : stage.base
  const ships = stage.ships ? ` ${paint.good('◆ this image runs')}` : ''
  const last = rows.findLastIndex(({ inner }) => !inner)
  const lines = rows.slice(1).flatMap((row, index) => {
    const isLast = index + 1 >= last
    const next = rows[index + 2]
    return rowLines(row, { isLast, isLastInner: !next?.inner, gutter, pen, file: stage.file })
  })
  const own = rows[0] ? findingLines(rows[0].findings, '│ ', pen, stage) : []
  return [`${paint.bold(stageName(stage))} ${paint.dim(`from ${base}`)}${ships}`, ...own, ...lines].join('\n')
}

interface DrawnBranch {
  readonly isLast: boolean
  readonly isLastInner: boolean
  readonly gutter: number
  readonly pen: Pen
  readonly file: string
}

function rowLines(row: GraphRow, { isLast, isLastInner, gutter, pen, file }: DrawnBranch): readonly string[] {
  const { paint, width } = pen
  const branch = row.inner
    ? `${isLast ? ' ' : '│'} ${' '.repeat(gutter)} ${isLastInner ? '└' : '├'}─ `
    : `${isLast ? '└' : '├'}─ `
  const number = row.inner ? '' : `${String(row.line).padStart(gutter)} `
  const remarks = remarksOf(row, pen)
  const room = Math.max(20, width - columnsOf(branch + number) - columnsOf(remarks))
  const text = row.folded > 0 ? paint.dim(foldedText(row)) : cutLine(row.text, [], room).text
  const below = !isLast ? `│ ${' '.repeat(gutter)} ` : `  ${' '.repeat(gutter)} `
  return [
    `${paint.dim(branch + number)}${row.ways.length > 0 ? paint.bold(text) : text}${paint.code(remarks)}`,
    ...findingLines(row.findings, below, pen, { file, line: row.line }),
  ]
}

/** What a row contributes, and where it takes it from. */
function remarksOf(row: GraphRow, { sources }: Pen): string {
  const from = row.steps.flatMap((id) => sources.get(id) ?? [])
  const results = row.effects.filter(isResult)
  const parts = [
    ...(row.maybe ? ['maybe'] : []),
    ...(from.length > 0 ? [`← ${[...new Set(from)].join(', ')}`] : []),
    ...results.slice(0, 2).map(effectText),
    ...wayText(row.ways, results),
  ]
  return parts.length === 0 ? '' : `  ${parts.join(' · ')}`
}

const effectText = ({ kind, path }: GraphEffect): string => `→ ${kind} ${path}`

/** The ways that a row lies on, where what it leaves behind does not say so. */
const wayText = (on: readonly Way[], results: readonly GraphEffect[]): readonly string[] =>
  on.filter((way) => way === 'secrets' || results.length === 0).map((way) => `● ${way}`)

function findingLines(
  indices: readonly number[],
  pad: string,
  { graph, paint, width }: Pen,
  at?: GraphPlace,
): readonly string[] {
  return indices.flatMap((index) => {
    const finding = graph.findings[index]
    if (finding === undefined) return []
    const badge = `${finding.severity}[${finding.rule}]:`
    const [first = '', ...more] = wrap(`${badge} ${messageOf(finding, at)}`, Math.max(40, width - columnsOf(pad) - 2))
    const painted = first.replace(badge, paint.severity[finding.severity])
    return [`${paint.dim(pad)}${painted}`, ...more.map((line) => `${paint.dim(pad)}  ${line}`)]
  })
}

/** The message, and the place where it is another than `at`. */
const messageOf = ({ message, file, line }: GraphFinding, at: GraphPlace | undefined): string =>
  at?.file === file && at.line === line ? message : `${message} (${file}:${line})`

function containerText(container: GraphContainer, pen: Pen): string {
  const { paint, graph, width } = pen
  const { image, stage, variables, start, health, ports, needs } = container
  const runs = stage === null ? undefined : graph.stages[stage]
  const what = [
    ...(runs ? [`runs ${stageName(runs)}`] : image === null ? [] : [`runs ${image}`]),
    ...(ports.length > 0 ? [`ports ${ports.join(', ')}`] : []),
    ...(needs.length > 0 ? [`waits for ${needs.join(', ')}`] : []),
  ].join(' · ')
  const line = (text: string) => cutLine(text, [], Math.max(20, width)).text
  return [
    `${paint.bold(containerTitle(container, graph))} ${paint.dim(what)}`,
    ...findingLines(container.findings, '  ', pen),
    ...variables.flatMap((one) => [line(variableText(one)), ...findingLines(one.findings, '    ', pen, one)]),
    ...tellingCommands(start).flatMap((one) => [
      line(`  start: ${one.command}`),
      ...findingLines(one.findings, '    ', pen, one),
    ]),
    ...health.flatMap((one) => [line(`  health: ${one.command}`), ...findingLines(one.findings, '    ', pen, one)]),
  ].join('\n')
}

const variableText = (variable: GraphVariable): string => `  ${variable.name} ${valueText(variable)}`

/** `= value`, or in words why there is none. */
export const valueText = ({ value, state }: GraphVariable): string =>
  value === null ? (state === 'unset' ? 'is not set' : 'is not known here') : `= ${value}`

/** The indices of the findings that stand at no part of the picture. */
export function unplaced(graph: Graph): readonly number[] {
  const parts = [
    ...graph.steps,
    ...graph.containers.flatMap((one) => [one, ...one.variables, ...one.start, ...one.health]),
  ]
  const placed = new Set(parts.flatMap(({ findings }) => findings))
  return graph.findings.flatMap((_, index) => (placed.has(index) ? [] : [index]))
}

function endingOf({ stages, steps, containers, findings }: Graph, paint: Paint): string {
  return paint.bold(
    [
      counted(stages.length, 'stage'),
      counted(steps.length, 'step'),
      counted(containers.length, 'container'),
      counted(findings.length, 'finding'),
    ].join(', '),
  )
}

const hanging = (text: string, width: number): readonly string[] =>
  wrap(text, Math.max(40, width) - 2).map((line, index) => (index === 0 ? line : `  ${line}`))
