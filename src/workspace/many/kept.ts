import { noMasking } from '../../masking/masking.ts'
import { showFindings } from '../../masking/shown.ts'
import { type JsonReport, jsonReportOf } from '../../report/formats/json.ts'
import { items, Misshapen, textAt, under } from '../../report/reading/cursor.ts'
import { readJson } from '../../report/reading/json.ts'
import { type KnownLines, saidOf } from '../../report/reading/said.ts'
import { reportOf } from '../../report/report-of.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { positionAt, type Source, startsOfLines } from '../../text/source.ts'
import type { Checked } from '../check.ts'

/** Lines that a frame shows between two that are marked. */
const between = 2

/** What was found, as a text to be kept: masked, and of the files only the lines that a report may show. */
export function keptText({ analysis, fails, unseen, gone }: Checked): string {
  const report = jsonReportOf(reportOf(analysis))
  const lines = linesOf([...analysis.diagnostics, ...(analysis.suppressed ?? []).map(({ diagnostic }) => diagnostic)])
  return JSON.stringify({ report, read: analysis.read, lines, fails, unseen, gone })
}

/** What a text that was kept says; undefined where it is damaged. */
export function checkedOf(text: string): Checked | undefined {
  try {
    const at = { value: JSON.parse(text), path: [] }
    const report: JsonReport = readJson(under(at, 'report'))
    const lines = new Map(
      items(under(at, 'lines')).map((file) => [
        textAt(under(file, 'path')),
        new Map(
          items(under(file, 'lines')).map((line) => [Number(under(line, 'at').value), textAt(under(line, 'text'))]),
        ),
      ]),
    )
    const said = saidOf(report, (file): KnownLines | undefined => lines.get(file))
    return {
      analysis: showFindings({ ...said, read: items(under(at, 'read')).map(textAt) }, noMasking),
      fails: under(at, 'fails').value === true,
      unseen: under(at, 'unseen').value === true,
      gone: items(under(at, 'gone')).map((one) => ({
        path: textAt(under(one, 'path')),
        count: Number(under(one, 'count').value),
      })),
    }
  } catch (error) {
    if (error instanceof Misshapen || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** The lines in and around the places of findings. */
function linesOf(diagnostics: readonly Diagnostic[]) {
  const wanted = new Map<Source, Set<number>>()
  for (const { span, related, fixes } of diagnostics)
    for (const { source, start, end } of [
      span,
      ...related.map((step) => step.span),
      ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span)),
    ]) {
      const lines = wanted.get(source) ?? new Set()
      wanted.set(source, lines)
      const [first, last] = [positionAt(source, start).line - between, positionAt(source, end).line + between]
      for (let line = Math.max(1, first); line <= last; line += 1) lines.add(line)
    }
  return [...wanted].map(([source, lines]) => {
    const starts = startsOfLines(source)
    const textOf = (line: number) => source.text.slice(starts[line - 1], starts[line]).replace(/[\r\n]+$/, '')
    const there = [...lines].filter((line) => line <= starts.length)
    return { path: source.path, lines: there.map((line) => ({ at: line, text: textOf(line) })) }
  })
}
