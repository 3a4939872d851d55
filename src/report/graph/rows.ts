import { counted } from '../terminal/place.ts'
import type { Graph, GraphCommand, GraphEffect, GraphStage, GraphStep, Way } from './graph.ts'
import { ways } from './graph.ts'

/** A line of a stage as pictures show it: an instruction, a command of one that is worth a line, or what is left out. */
export interface GraphRow {
  /** The ids of the steps that it stands for, in order. */
  readonly steps: readonly number[]
  readonly line: number
  readonly text: string
  /** Whether it is a command of the instruction above it. */
  readonly inner: boolean
  /** Instructions that it stands for and does not show. */
  readonly folded: number
  readonly effects: readonly GraphEffect[]
  readonly ways: readonly Way[]
  readonly findings: readonly number[]
  readonly maybe: boolean
}

/** A stage with the lines that are shown of it. */
export interface Page {
  readonly stage: GraphStage
  readonly rows: readonly GraphRow[]
}

/** The stages of a graph as rows, with at most `most` of them a stage; what is left out is in rows that say so. */
export function pagesOf(graph: Graph, most: number): readonly Page[] {
  const groups = new Map<number, Map<number, GraphStep[]>>()
  for (const step of graph.steps) {
    const stage = groups.get(step.stage) ?? new Map<number, GraphStep[]>()
    groups.set(step.stage, stage)
    const group = stage.get(step.instruction)
    if (group) group.push(step)
    else stage.set(step.instruction, [step])
  }
  const joined = new Set(graph.edges.flatMap(({ from, to, kind }) => (kind === 'next' ? [] : [from, to])))
  return graph.stages.map((stage) => {
    const rows = [...(groups.get(stage.index)?.values() ?? [])].flatMap(rowsOf)
    return { stage, rows: folded(rows, most, joined) }
  })
}

/** The row of an instruction, and one for each of its commands that says more. */
function rowsOf(steps: readonly GraphStep[]): readonly GraphRow[] {
  const [first] = steps
  if (first === undefined) return []
  const isAlone = steps.length === 1 && first.via.length === 0
  const inner = isAlone ? [] : steps.filter((step) => saysMore(step) && step.command !== first.written)
  const own = steps.filter((step) => !inner.includes(step))
  return [
    rowOf({ text: first.written, line: first.line, inner: false }, own, isAlone && first.runs === 'maybe'),
    ...alike(inner).map((same) =>
      rowOf(
        { text: same[0]?.command ?? '', line: same[0]?.line ?? first.line, inner: true },
        same,
        same.every(({ runs }) => runs === 'maybe'),
      ),
    ),
  ]
}

/** Commands of an instruction that are the same, as in each app of an umbrella, stand together. */
function alike(steps: readonly GraphStep[]): readonly (readonly GraphStep[])[] {
  const groups = new Map<string, GraphStep[]>()
  for (const step of steps) {
    const same = groups.get(step.command)
    if (same) same.push(step)
    else groups.set(step.command, [step])
  }
  return [...groups.values()]
}

const saysMore = ({ kind, via, effects, findings, ways: on }: GraphStep): boolean =>
  findings.length > 0 ||
  on.length > 0 ||
  effects.some(isResult) ||
  (via.length > 0 && /^(mix|release|unknown)$/.test(kind))

function rowOf(
  { text, line, inner }: Pick<GraphRow, 'text' | 'line' | 'inner'>,
  steps: readonly GraphStep[],
  maybe: boolean,
): GraphRow {
  return {
    text,
    line,
    inner,
    maybe,
    folded: 0,
    steps: steps.map(({ id }) => id),
    effects: steps.flatMap(({ effects }) => effects),
    ways: ways.filter((way) => steps.some((step) => step.ways.includes(way))),
    findings: [...new Set(steps.flatMap(({ findings }) => findings))],
  }
}

/** Whether an effect is something that a build is made for. */
export const isResult = ({ kind }: GraphEffect): boolean => /^(bundle|digest|release|packages|compiled)$/.test(kind)

/** At most `most` rows: those that nothing hangs on are left out first, in the order of the file. */
function folded(rows: readonly GraphRow[], most: number, joined: ReadonlySet<number>): readonly GraphRow[] {
  if (rows.length <= most) return rows
  const tells = (row: GraphRow, index: number) =>
    index === 0 || row.findings.length > 0 || row.ways.length > 0 || row.steps.some((id) => joined.has(id))
  let room = Math.max(0, most - rows.filter(tells).length)
  let kept = 0
  const runs: { readonly isKept: boolean; readonly rows: GraphRow[] }[] = []
  for (const [index, row] of rows.entries()) {
    const isTelling = tells(row, index)
    const isKept = isTelling ? kept < most : room > 0
    if (isKept) kept += 1
    if (isKept && !isTelling) room -= 1
    const last = runs.at(-1)
    if (last && !last.isKept && !isKept) last.rows.push(row)
    else runs.push({ isKept, rows: [row] })
  }
  return runs.flatMap((run) => (run.rows.length > 1 ? [foldOf(run.rows)] : run.rows))
}

const foldOf = (rows: readonly GraphRow[]): GraphRow => ({
  text: '',
  line: rows[0]?.line ?? 1,
  inner: false,
  maybe: false,
  folded: rows.length,
  effects: [],
  steps: rows.flatMap(({ steps }) => steps),
  findings: rows.flatMap(({ findings }) => findings),
  ways: ways.filter((way) => rows.some((row) => row.ways.includes(way))),
})

/** At most `most` pages in their order: those that ship, those with a finding, what they start from, then others. */
export function fewest(pages: readonly Page[], most: number): readonly Page[] {
  if (pages.length <= most) return pages
  const bases = new Set(pages.map(({ stage }) => (stage.ships ? stage.from : null)))
  const weight = ({ stage, rows }: Page) =>
    stage.ships ? 3 : rows.some(({ findings }) => findings.length > 0) ? 2 : bases.has(stage.index) ? 1 : 0
  const chosen = new Set(pages.toSorted((one, other) => weight(other) - weight(one)).slice(0, most))
  return pages.filter((page) => chosen.has(page))
}

/** The sentence of a row that stands for others. */
export const foldedText = ({ folded: count }: GraphRow): string => `… ${counted(count, 'more line')}`

/** The row in which a step is shown, by the id of the step: the index of its page and of the row. */
export function rowIndex(pages: readonly Page[]): ReadonlyMap<number, { readonly page: number; readonly row: number }> {
  const found = new Map<number, { page: number; row: number }>()
  for (const [page, { rows }] of pages.entries()) {
    for (const [row, { steps }] of rows.entries()) for (const id of steps) found.set(id, { page, row })
  }
  return found
}

/** The commands of a start that say what it does: without those that only prepare it, where there are others. */
export function tellingCommands(commands: readonly GraphCommand[]): readonly GraphCommand[] {
  const telling = commands.filter(({ kind, findings }) => kind !== 'run' || findings.length > 0)
  return telling.length > 0 ? telling : commands
}

/** The name of a stage, as people call it. */
export const stageName = ({ name, index }: GraphStage): string => name ?? `stage ${index}`
