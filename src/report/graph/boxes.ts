import { type Box, type BoxLine, boxOf, cut, findingLines, widest } from './box.ts'
import { containerBox } from './container-box.ts'
import type { Graph, GraphEffect, Way } from './graph.ts'
import { neededBy, stageTitle } from './names.ts'
import { fewest, foldedText, type GraphRow, isResult, type Page, pagesOf, rowIndex, stageName } from './rows.ts'

/** An arrow between two boxes; a line of undefined is the head of its box. */
export interface Arrow {
  readonly from: { readonly box: number; readonly line: number | undefined }
  readonly to: { readonly box: number; readonly line: number | undefined }
  readonly kind: 'base' | 'copy' | 'mount' | 'runs' | 'needs'
  readonly way: Way | null
}

/** All that is drawn. */
export interface Drawing {
  readonly boxes: readonly Box[]
  readonly arrows: readonly Arrow[]
  /** What was left out, in a sentence; empty where nothing was. */
  readonly omitted: string
}

const mostRows = 60
const mostStages = 40
const mostContainers = 24

/** The boxes and arrows of a graph. What would make the picture too large to read is left out, and that is said. */
export function drawingOf(graph: Graph): Drawing {
  const all = pagesOf(graph, mostRows)
  const shown = fewest(all, mostStages)
  const containers = graph.containers.slice(0, mostContainers)
  const places = rowIndex(shown)
  const lines = shown.map((page) => linesOf(page, graph))
  const stages = shown.map((page, index) => stageBox(page, lines[index] ?? [], graph))
  const boxAt = new Map(shown.map(({ stage }, index) => [stage.index, index]))
  const end = (id: number) => {
    const place = places.get(id)
    if (place === undefined) return undefined
    const row = shown[place.page]?.rows[place.row]
    const line = lines[place.page]?.findIndex((one) => one.row === row && one.line.kind === 'row') ?? -1
    return { box: place.page, line: line === -1 ? undefined : line }
  }
  const arrows = graph.edges.flatMap(({ from, to, kind, way }): readonly Arrow[] => {
    const [start, stop] = kind === 'next' ? [] : [end(from), end(to)]
    if (kind === 'next' || !start || !stop) return []
    return kind === 'base'
      ? [{ from: { ...start, line: undefined }, to: { ...stop, line: undefined }, kind, way }]
      : [{ from: start, to: stop, kind, way }]
  })
  const runs = containers.flatMap(({ stage }, index): readonly Arrow[] => {
    const box = stage === null ? undefined : boxAt.get(stage)
    if (box === undefined) return []
    return [{ from: { box, line: undefined }, to: headOf(shown.length + index), kind: 'runs', way: null }]
  })
  const needs = containers.flatMap((container, index) =>
    neededBy(container, containers).map(
      (other): Arrow => ({
        from: headOf(shown.length + index),
        to: headOf(shown.length + other),
        kind: 'needs',
        way: null,
      }),
    ),
  )
  return {
    boxes: [...stages, ...containers.map((one, index) => containerBox(one, index, graph))],
    arrows: unique([...arrows, ...runs, ...needs]),
    omitted: omittedText(all, shown, graph.containers.length - containers.length),
  }
}

const headOf = (box: number) => ({ box, line: undefined })

function omittedText(all: readonly Page[], shown: readonly Page[], containers: number): string {
  const folded = shown.flatMap(({ rows }) => rows).reduce((sum, row) => sum + row.folded, 0)
  const parts = [
    ...(all.length > shown.length ? [`${all.length - shown.length} of ${all.length} stages`] : []),
    ...(folded > 0 ? [`${folded} lines of stages`] : []),
    ...(containers > 0 ? [`${containers} containers`] : []),
  ]
  return parts.length === 0 ? '' : `Left out, to stay readable: ${parts.join(', ')}. The format json has everything.`
}

interface PageLine {
  readonly row: GraphRow
  readonly line: BoxLine
}

function linesOf({ rows }: Page, graph: Graph): readonly PageLine[] {
  return rows.flatMap((row, index): readonly PageLine[] => [
    ...(index === 0 ? [] : [{ row, line: rowLine(row) }]),
    ...findingLines(row.findings, graph).map((line) => ({ row, line })),
  ])
}

function rowLine(row: GraphRow): BoxLine {
  const results = row.effects.filter(isResult)
  const [result] = results.toReversed()
  const chip = result && { text: result.kind, way: wayOf(result) }
  const effects = row.effects.map(({ kind, path }) => `${kind} ${path}`)
  return {
    kind: 'row',
    text:
      row.folded > 0 ? foldedText(row) : cut(row.text, widest - (row.inner ? 2 : 0) - (chip ? chip.text.length : 0)),
    whole: [row.text || foldedText(row), ...(row.maybe ? ['may run'] : []), ...effects].join(' · '),
    number: row.inner || row.folded > 0 ? '' : String(row.line),
    indent: row.inner ? 2 : 0,
    chip,
    ways: row.ways,
    finding: undefined,
  }
}

const wayOf = ({ kind }: GraphEffect): Way | undefined =>
  kind === 'release' ? 'release' : kind === 'bundle' || kind === 'digest' ? 'assets' : undefined

function stageBox({ stage, rows }: Page, lines: readonly PageLine[], graph: Graph): Box {
  const origin = stage.from === null ? undefined : graph.stages[stage.from]
  const base = origin ? `from the stage ${stageName(origin)}` : `from ${stage.base}`
  const title = stageTitle(stage, graph)
  return boxOf(
    { id: `stage-${stage.index}`, title, subtitle: base, kind: stage.ships ? 'ships' : 'stage' },
    lines.map(({ line }) => line),
    String(rows.at(-1)?.line ?? '').length,
  )
}

const unique = (arrows: readonly Arrow[]): readonly Arrow[] => [
  ...new Map(arrows.map((arrow) => [JSON.stringify(arrow), arrow])).values(),
]
