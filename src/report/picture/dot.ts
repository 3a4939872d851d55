import type { Shown } from '../../masking/shown.ts'
import type { DrawOptions, Graph, GraphContainer, Way } from '../graph/graph.ts'
import { containerTitle, neededBy, stageTitle } from '../graph/names.ts'
import { foldedText, type GraphRow, isResult, type Page, pagesOf, rowIndex, tellingCommands } from '../graph/rows.ts'
import { valueText } from '../graph/tty.ts'
import { cutLine } from '../terminal/cut.ts'
import { escaped } from './escape.ts'
import { colourOf } from './palette.ts'

const columns = 70

/** The graph in the language of Graphviz: a table for each stage and container, all lines of it, and the arrows between them. */
export function graphDot(graph: Shown<Graph>, { title }: DrawOptions): string {
  const pages = pagesOf(graph, Number.POSITIVE_INFINITY)
  const rows = rowIndex(pages)
  const portOf = (step: number) => {
    const place = rows.get(step)
    return place && `s${place.page}:r${place.row}`
  }
  return [
    'digraph chain {',
    `  graph [rankdir=LR, nodesep=0.4, ranksep=0.8, fontname="Helvetica", label="${quoted(title)}", labelloc=t]`,
    '  node [shape=plain, fontname="Courier", fontsize=10]',
    '  edge [fontname="Helvetica", fontsize=9, color="#57606a"]',
    ...pages.map((page, index) => `  s${index} [label=<${stageTable(page, graph)}>]`),
    ...graph.containers.map((container, index) => `  c${index} [label=<${containerTable(container, graph)}>]`),
    ...new Set(
      graph.edges.flatMap(({ from, to, kind, way }) => {
        const [start, end] = [portOf(from), portOf(to)]
        return kind === 'next' || !start || !end
          ? []
          : [`  ${start}:e -> ${end}:w [label="${kind}"${edgeStyle(kind, way)}]`]
      }),
    ),
    ...graph.containers.flatMap((container, index) => [
      ...(container.stage === null ? [] : [`  s${container.stage}:r0:e -> c${index}:h:w [label="runs"]`]),
      ...neededBy(container, graph.containers).map(
        (other) => `  c${index}:h:e -> c${other}:h:w [label="waits for", style=dotted]`,
      ),
    ]),
    '}',
    '',
  ].join('\n')
}

const edgeStyle = (kind: string, way: Way | null): string =>
  (kind === 'mount' ? ', style=dashed' : '') + (way === null ? '' : `, color="${colourOf(way)}", penwidth=2`)

function stageTable({ stage, rows }: Page, graph: Graph): string {
  const title = `${stageTitle(stage, graph)}${stage.ships ? ' · this image runs' : ''}`
  return table([
    heading('r0', title, stage.ships),
    cell('', `from ${stage.base}`),
    ...(rows[0] ? findingCells(rows[0].findings, graph) : []),
    ...rows.slice(1).flatMap((row, index) => [rowCell(row, index + 1), ...findingCells(row.findings, graph)]),
  ])
}

function rowCell(row: GraphRow, index: number): string {
  if (row.folded > 0) return cell(`r${index}`, foldedText(row))
  const results = row.effects.filter(isResult).map(({ kind }) => kind)
  const text = `${row.inner ? '   ' : `${row.line} `}${cutLine(row.text, [], columns).text}`
  const [way] = row.ways
  return cell(`r${index}`, [text, ...new Set(results)].join('  → '), way && colourOf(way))
}

function containerTable(container: GraphContainer, graph: Graph): string {
  const { image, variables, start, health } = container
  const cut = (text: string) => cutLine(text, [], columns).text
  const parts = (prefix: string, all: typeof start) =>
    all.flatMap(({ command, findings }) => [cell('', cut(`${prefix}: ${command}`)), ...findingCells(findings, graph)])
  return table([
    heading('h', containerTitle(container, graph), false),
    ...(image === null ? [] : [cell('', image)]),
    ...findingCells(container.findings, graph),
    ...variables.flatMap((one) => [
      cell('', cut(`${one.name} ${valueText(one)}`)),
      ...findingCells(one.findings, graph),
    ]),
    ...parts('start', tellingCommands(start)),
    ...parts('health', health),
  ])
}

const findingCells = (indices: readonly number[], { findings }: Graph): readonly string[] =>
  indices.flatMap((index) => {
    const finding = findings[index]
    if (finding === undefined) return []
    const text = `   ✖ ${finding.rule}: ${cutLine(finding.message, [], columns).text}`
    return [cell('', text, colourOf(finding.severity))]
  })

const table = (cells: readonly string[]): string =>
  `<TABLE BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="3" COLOR="${colourOf('border')}">${cells.join('')}</TABLE>`

const heading = (port: string, text: string, ships: boolean): string =>
  `<TR><TD PORT="${port}" ALIGN="LEFT" BGCOLOR="${colourOf(ships ? 'shipHead' : 'head')}"><B>${escaped(text)}</B></TD></TR>`

const cell = (port: string, text: string, colour: string = colourOf('text')): string =>
  `<TR><TD${port === '' ? '' : ` PORT="${port}"`} ALIGN="LEFT"><FONT COLOR="${colour}">${escaped(text)}</FONT></TD></TR>`

const quoted = (text: string): string => text.replace(/["\\]/g, '\\$&')
