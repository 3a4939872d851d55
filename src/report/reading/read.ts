import { loadYaml } from '../../languages/yaml/load.ts'
import type { YamlNode } from '../../languages/yaml/node.ts'
import { jsonErrorAt } from '../../settings/json-error.ts'
import type { Problem } from '../../text/diagnostic.ts'
import { type Source, type Span, span, startsOfLines } from '../../text/source.ts'
import type { JsonReport } from '../formats/json.ts'
import { type JsonCursor, Misshapen, under } from './cursor.ts'
import { readJson, readNdjson } from './json.ts'
import { isSarif, readSarif } from './sarif.ts'

/** The reports of a file, or why it holds none. */
export type ReadReports =
  | { readonly reports: readonly JsonReport[]; readonly problem?: never }
  | { readonly problem: Problem; readonly reports?: never }

/** Reads what `lint` has written as `json`, `ndjson` or `sarif`, whichever it is. */
export function readReports(source: Source): ReadReports {
  const text = source.text.replace(/^\ufeff/, ' ')
  const whole = parsed(text)
  const lines = whole === undefined || isOfLines(whole) ? linesOf(text) : undefined
  try {
    if (lines) return { reports: [readNdjson(lines)] }
    if (whole === undefined) return { problem: { span: breakOf(source), message: 'here the report stops being JSON' } }
    return { reports: isSarif(whole) ? readSarif(whole) : [readJson(whole)] }
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error
    return { problem: { span: placeIn(source, error.path, lines !== undefined), message: error.message } }
  }
}

function parsed(text: string): JsonCursor | undefined {
  try {
    return { value: JSON.parse(text), path: [] }
  } catch {
    return undefined
  }
}

const isOfLines = (at: JsonCursor): boolean => typeof under(at, 'kind').value === 'string'

/** The values of lines, each with the number of its line; undefined where the first one is no part of a report in lines. */
function linesOf(text: string): readonly JsonCursor[] | undefined {
  const lines = text.split('\n').map((line, index) => ({ line, index }))
  const all = lines.filter(({ line }) => line.trim() !== '').map(({ line, index }) => ({ at: parsed(line), index }))
  const [first] = all
  if (first?.at === undefined || !isOfLines(first.at)) return undefined
  return all.map(({ at, index }) => {
    return { value: at?.value, path: [index] }
  })
}

const breakOf = (source: Source): Span => {
  const at = jsonErrorAt(source.text)
  return span(source, at, at + 1)
}

/** Where a value stands: the first key on the way that is not there ends it. */
function placeIn(source: Source, path: readonly (string | number)[], isOfLines: boolean): Span {
  const [line = 0, ...rest] = path
  if (!isOfLines) return walk(loadYaml(source).documents[0]?.root, path, span(source, 0, 1))
  const starts = startsOfLines(source)
  const from = starts[Number(line)] ?? 0
  const to = starts[Number(line) + 1] ?? source.text.length
  // Read alone, behind as many blanks as stand before it.
  const alone = { path: source.path, text: ' '.repeat(from) + source.text.slice(from, to) }
  const { start, end } = walk(loadYaml(alone).documents[0]?.root, rest, span(source, from, from + 1))
  return span(source, start, end)
}

function walk(node: YamlNode | undefined, path: readonly (string | number)[], fallback: Span): Span {
  let at = node
  let found = fallback
  for (const part of path) {
    const next =
      at?.kind === 'map'
        ? at.entries.get(String(part))?.value
        : at?.kind === 'list'
          ? at.items[Number(part)]
          : undefined
    if (next === undefined) break
    at = next
    found = next.span
  }
  return span(found.source, found.start, Math.min(found.end, found.start + longestMark))
}

const longestMark = 60
