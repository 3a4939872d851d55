import type { Shown } from '../../masking/shown.ts'
import type { Severity } from '../../text/diagnostic.ts'
import type { DrawOptions, Graph, GraphContainer } from '../graph/graph.ts'
import { containerTitle, neededBy, stageTitle } from '../graph/names.ts'
import { fewest, foldedText, type GraphRow, isResult, type Page, pagesOf, rowIndex } from '../graph/rows.ts'
import { valueText } from '../graph/tty.ts'
import { cutLine } from '../terminal/cut.ts'

const mostRows = 9
const mostStages = 24
const mostVariables = 16
const columns = 60

/** The graph as a Mermaid flowchart, for Markdown files. Renderers refuse large diagrams, so that it leaves lines out. */
export function graphMermaid(graph: Shown<Graph>, _: DrawOptions): string {
  const all = pagesOf(graph, mostRows)
  const pages = fewest(all, mostStages)
  const rows = rowIndex(pages)
  const idOf = (step: number) => {
    const place = rows.get(step)
    return place && `s${place.page}r${place.row}`
  }
  const left = all.length - pages.length
  return [
    'flowchart TB',
    ...pages.flatMap((page, index) => stageLines(page, index, graph)),
    ...graph.containers.flatMap((container, index) => containerLines(container, index, pages, graph)),
    ...(left > 0 ? [`  left["${encoded(`… ${left} more stages`)}"]`] : []),
    ...new Set(
      graph.edges.flatMap(({ from, to, kind, way }) => {
        const [start, end] = [idOf(from), idOf(to)]
        if (kind === 'next' || !start || !end) return []
        const text = way === null || kind === 'base' ? kind : `${kind}: ${way}`
        return [`  ${start} ${kind === 'mount' ? '-.->' : '==>'}|${text}| ${end}`]
      }),
    ),
    '  classDef error fill:#ffebe9,stroke:#cf222e,color:#82071e',
    '  classDef warning fill:#fff8c5,stroke:#9a6700,color:#633c01',
    '  classDef info fill:#ddf4ff,stroke:#0969da,color:#0a3069',
    '',
  ].join('\n')
}

function stageLines({ stage, rows }: Page, page: number, graph: Graph): readonly string[] {
  const title = `${stageTitle(stage, graph)}${stage.ships ? ' (this image runs)' : ''}`
  const ids = rows.map((_, row) => `s${page}r${row}`)
  return [
    `  subgraph s${page}["${encoded(title)}"]`,
    ...rows.map((row, index) => `    ${ids[index]}["${rowLabel(row, graph)}"]${classOf(row.findings, graph)}`),
    ...(ids.length > 1 ? [`    ${ids.join(' --> ')}`] : []),
    '  end',
  ]
}

function rowLabel(row: GraphRow, graph: Graph): string {
  const text = row.folded > 0 ? foldedText(row) : `${row.line} ${cutLine(row.text, [], columns).text}`
  const results = row.effects.filter(isResult).map(({ kind, path }) => `→ ${kind} ${path}`)
  return [text, ...results.slice(0, 2), ...findingTexts(row.findings, graph)].map(encoded).join('<br/>')
}

function containerLines(
  container: GraphContainer,
  index: number,
  pages: readonly Page[],
  graph: Graph,
): readonly string[] {
  const { image, stage, variables, start, health } = container
  const parts = [container, ...variables, ...start, ...health]
  const findings = [...new Set(parts.flatMap((part) => part.findings))]
  const lines = [
    containerTitle(container, graph),
    ...(image === null ? [] : [image]),
    ...variables.slice(0, mostVariables).map((one) => cutLine(`${one.name} ${valueText(one)}`, [], columns).text),
    ...findingTexts(findings, graph),
  ]
  const from = pages.findIndex((page) => page.stage.index === stage)
  return [
    `  c${index}["${lines.map(encoded).join('<br/>')}"]${classOf(findings, graph)}`,
    ...(from === -1 ? [] : [`  s${from} ==>|runs| c${index}`]),
    ...neededBy(container, graph.containers).map((other) => `  c${index} -.->|waits for| c${other}`),
  ]
}

const findingTexts = (indices: readonly number[], { findings }: Graph): readonly string[] =>
  indices.flatMap((index) => {
    const finding = findings[index]
    return finding ? [`✖ ${finding.rule}`] : []
  })

function classOf(indices: readonly number[], { findings }: Graph): string {
  const here = indices.map((index) => findings[index]?.severity)
  const worst = (['error', 'warning', 'info'] satisfies Severity[]).find((one) => here.includes(one))
  return worst === undefined ? '' : `:::${worst}`
}

/** Characters that could mean something to Mermaid, HTML or Markdown as its entity codes: `#35;`. */
const encoded = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,:/=_-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`)
