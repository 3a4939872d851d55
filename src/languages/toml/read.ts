import { type AST, ParseError, parseTOML } from 'toml-eslint-parser'
import type { Problem } from '../../text/diagnostic.ts'
import { type Source, type Span, span, wholeOf } from '../../text/source.ts'
import type { ScalarNode, YamlEntry, YamlMap, YamlNode } from '../yaml/node.ts'

/** What a TOML file holds, as nodes of YAML; or why it is none. */
export type TomlFile =
  | { readonly kind: 'read'; readonly root: YamlMap }
  | { readonly kind: 'broken'; readonly problem: Problem }

const longest = 256_000

/** Reads a TOML file (TOML 1.0), with the place of every key and value. */
export function readToml(source: Source): TomlFile {
  const { text } = source
  if (text.length > longest) return broken(source, 0, 'the file is too large to be read')
  try {
    const root = emptyTable(wholeOf(source))
    for (const part of parseTOML(text, { tomlVersion: '1.0' }).body[0].body) {
      if (part.type === 'TOMLKeyValue') put(root, part, source)
      else {
        const table = tableAt(root, part, source)
        for (const pair of part.body) put(table, pair, source)
      }
    }
    return { kind: 'read', root: finished(root) }
  } catch (error) {
    // The parser goes down one level for each bracket.
    if (error instanceof RangeError) return broken(source, 0, 'the file is nested too deeply')
    if (!(error instanceof ParseError)) throw error
    return broken(source, error.index, 'the file is no TOML from here on')
  }
}

const broken = (source: Source, at: number, message: string): TomlFile => ({
  kind: 'broken',
  problem: { span: span(source, at, at + 1), message },
})

/** A table while it is filled. Several headers may stand for the same one. */
interface Table {
  readonly kind: 'table'
  readonly entries: Map<string, { readonly keySpan: Span; value: TomlDraft }>
  span: Span
}

interface Tables {
  readonly kind: 'tables'
  readonly items: Table[]
  readonly span: Span
}

type TomlDraft = Table | Tables | YamlNode

const emptyTable = (at: Span): Table => ({ kind: 'table', entries: new Map(), span: at })

type KeyPart = AST.TOMLBare | AST.TOMLQuoted

const nameOf = (part: KeyPart): string => (part.type === 'TOMLBare' ? part.name : part.value)

const spanOf = (source: Source, { range: [start, end] }: { readonly range: readonly [number, number] }): Span =>
  span(source, start, end)

/** The table of a header, made where it is not there yet; of an array a new last item. */
function tableAt(root: Table, header: AST.TOMLTable, source: Source): Table {
  const last = header.key.keys.at(-1)
  const around = header.key.keys.slice(0, -1).reduce((table, part) => inside(table, part, source), root)
  if (last === undefined) return around
  const at = spanOf(source, header)
  if (header.kind === 'standard') {
    const table = inside(around, last, source)
    table.span = at
    return table
  }
  const name = nameOf(last)
  const known = around.entries.get(name)?.value
  const items = known?.kind === 'tables' ? known.items : []
  const item = emptyTable(at)
  items.push(item)
  if (known === undefined)
    around.entries.set(name, { keySpan: spanOf(source, last), value: { kind: 'tables', items, span: at } })
  return item
}

/** The table under a key, made where it is not there yet; of several the last. */
function inside(table: Table, part: KeyPart, source: Source): Table {
  const name = nameOf(part)
  const known = table.entries.get(name)?.value
  if (known?.kind === 'table') return known
  const last = known?.kind === 'tables' ? known.items.at(-1) : undefined
  if (last) return last
  const keySpan = spanOf(source, part)
  const made = emptyTable(keySpan)
  table.entries.set(name, { keySpan, value: made })
  return made
}

function put(table: Table, { key, value }: AST.TOMLKeyValue, source: Source): void {
  const last = key.keys.at(-1)
  const around = key.keys.slice(0, -1).reduce((one, part) => inside(one, part, source), table)
  if (last) around.entries.set(nameOf(last), { keySpan: spanOf(source, last), value: nodeOf(value, source) })
}

function nodeOf(value: AST.TOMLContentNode, source: Source): TomlDraft {
  const at = spanOf(source, value)
  if (value.type === 'TOMLArray')
    return { kind: 'list', items: value.elements.map((item) => node(nodeOf(item, source))), span: at }
  if (value.type === 'TOMLValue') return scalarOf(value, at)
  const table = emptyTable(at)
  for (const pair of value.body) put(table, pair, source)
  return table
}

function scalarOf(value: AST.TOMLValue, at: Span): ScalarNode {
  const { source, start, end } = at
  if (value.kind !== 'string') {
    const type = value.kind === 'integer' ? 'int' : value.kind === 'boolean' ? 'bool' : 'float'
    return { kind: 'scalar', type, text: String(value.value), span: at, inner: at, trail: [] }
  }
  const quotes = value.multiline ? 3 : 1
  const inner = span(source, start + quotes, end - quotes)
  return { kind: 'scalar', type: 'string', text: value.value, span: at, inner, trail: [] }
}

function finished({ entries, span: at }: Table): YamlMap {
  const made = [...entries].map(([key, { keySpan, value }]): [string, YamlEntry] => [
    key,
    { key, keySpan, value: node(value), earlier: [] },
  ])
  return { kind: 'map', entries: new Map(made), span: at }
}

function node(draft: TomlDraft): YamlNode {
  if (draft.kind === 'table') return finished(draft)
  if (draft.kind !== 'tables') return draft
  return { kind: 'list', items: draft.items.map(finished), span: draft.span }
}
