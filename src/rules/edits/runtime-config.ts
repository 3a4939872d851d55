import { posix } from 'node:path'
import { entryAt } from '../../files/tree.ts'
import type { CallNode, ElixirFile, ListNode, Node } from '../../languages/elixir/syntax/ast.ts'
import { bodyOf, fullName, keywordGet, optionsOf } from '../../languages/elixir/syntax/query.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { isWithin, positionAt, type Span, span, textOf } from '../../text/source.ts'
import { insertedAt, lineStart, linesAtEnd, newFile, withCommentsAbove } from './lines.ts'

/** One key of the config, as Elixir writes it. */
export interface ConfigPair {
  /** What stands before the options: `:shop` or `:shop, Shop.Mailer`. */
  readonly of: string
  readonly key: string
  readonly value: string
  /** Lines that go above it. */
  readonly comments?: readonly string[]
}

/**
 * Writes a key into `config/runtime.exs` for production: into the `config` call that is there for it, else as a new one
 * at the end of the block for `:prod`, which is made where it is missing, and so is the file.
 */
export function inRuntimeConfig(project: Project, app: MixApp, pair: ConfigPair): Edit | undefined {
  const path = posix.join(app.folder, 'config/runtime.exs')
  const file = project.elixir.get(path)
  if (file === undefined) {
    if (entryAt(project.tree, path)) return undefined
    return newFile(path, `import Config\n\n${prodBlock(pair)}\n`)
  }
  if (file.problems.length > 0) return undefined
  const block = prodBlockOf(file)
  if (block === undefined) return linesAtEnd(file.source, `\n${prodBlock(pair)}`)
  const body = bodyOf(block.blocks[0]?.body)
  const call = body.find((node): node is CallNode => node.kind === 'call' && isCallFor(node, pair.of))
  const options = call && optionsOf(call)
  if (options && keywordGet(options, pair.key)) return undefined
  return (options && intoOptions(options, pair)) ?? atEndOf(block, body, pair)
}

const lineOf = ({ of, key, value }: ConfigPair): string => `config ${of}, ${key}: ${value}`

const prodBlock = (pair: ConfigPair): string => `if config_env() == :prod do\n${linesFor(pair, '  ')}\nend`

const linesFor = (pair: ConfigPair, indent: string): string =>
  [...(pair.comments ?? []), lineOf(pair)].map((line) => `${indent}${line}`).join('\n')

/** The last `if config_env() == :prod do … end` of a script. */
function prodBlockOf({ body }: ElixirFile): CallNode | undefined {
  return body.findLast(
    (node): node is CallNode =>
      node.kind === 'call' &&
      node.name === 'if' &&
      node.blocks.length === 1 &&
      /^config_env\(\)\s*==\s*:prod$|^:prod\s*==\s*config_env\(\)$/.test(node.args[0] ? textOf(node.args[0].span) : ''),
  )
}

/** What stands before the options of a `config` call. */
export function headOf(call: CallNode): string {
  const options = optionsOf(call)
  return call.args
    .filter((arg) => arg !== options)
    .map((arg) => textOf(arg.span))
    .join(', ')
}

const isCallFor = (node: CallNode, of: string): boolean => fullName(node) === 'config' && headOf(node) === of

function intoOptions({ items, span: at, brackets }: ListNode, pair: ConfigPair): Edit | undefined {
  const { key, value, comments = [] } = pair
  const { source } = at
  const last = items.at(-1)?.span
  if (last === undefined) return undefined
  const column = (offset: number) => positionAt(source, offset).column - 1
  const line = lineStart(source, last.start)
  const isOwnLine = source.text.slice(line, last.start).trim() === ''
  if ((brackets || comments.length > 0) && !isOwnLine) return undefined
  const lines = [...comments, `${key}: ${value}`].map((one) => `\n${' '.repeat(column(last.start))}${one}`)
  return insertedAt(source, last.end, isOwnLine ? `,${lines.join('')}` : `, ${key}: ${value}`)
}

function atEndOf(block: CallNode, body: readonly Node[], pair: ConfigPair): Edit | undefined {
  const { source, end } = block.span
  const closing = end - 'end'.length
  const line = lineStart(source, closing)
  if (source.text.slice(line, closing).trim() !== '') return undefined
  const indent = source.text.slice(line, closing)
  const gap = body.length > 0 ? '\n' : ''
  return insertedAt(source, line, `${gap}${linesFor(pair, `${indent}  `)}\n`)
}

/** What `config :shop, :key, value` sets, which is what `config :shop, key: value` says; undefined for any other call. */
export function keyArgument(
  call: CallNode,
): { readonly of: string; readonly key: string; readonly value: Node } | undefined {
  const [app, key, value, ...more] = call.args
  if (app === undefined || key?.kind !== 'atom' || value === undefined || more.length > 0) return undefined
  return optionsOf(call) ? undefined : { of: textOf(app.span), key: key.name, value }
}

/** The comments that are about an option: those directly above it, and those above a call that has no other. */
export function commentsOf(file: ElixirFile, call: CallNode, key: string): readonly Span[] {
  const items = optionsOf(call)?.items ?? []
  const item = items[positionOf(key, items)]
  const own = item && item.span.start > call.span.start ? commentsAbove(file, item.span) : []
  const isAlone = keyArgument(call) !== undefined || items.length === 1
  return isAlone ? [...commentsAbove(file, call.span), ...own] : own
}

/** The comments on lines of their own directly above a node. */
function commentsAbove({ comments }: ElixirFile, at: Span): readonly Span[] {
  const { start } = withCommentsAbove(at, comments)
  return comments.filter((one) => one.start >= start && one.end <= at.start)
}

const positionOf = (key: string, items: readonly Node[]): number =>
  items.findIndex((one) => one.kind === 'tuple' && one.items[0]?.kind === 'atom' && one.items[0].name === key)

/**
 * Takes one option out of a `config` call, and the call where it has no other, with these comments that are about it.
 * Undefined where another comment would go too.
 */
export function withoutOption(
  file: ElixirFile,
  call: CallNode,
  key: string,
  about: readonly Span[] = [],
): Edit | undefined {
  const items = optionsOf(call)?.items ?? []
  const at = positionOf(key, items)
  const [before, item, next] = [items[at - 1], items[at], items[at + 1]]
  const isWhole = items.length === 1 ? item !== undefined : keyArgument(call)?.key === key
  const first = ({ span: own }: Node, comments: readonly Span[]) =>
    Math.min(own.start, ...comments.map((one) => one.start))
  const gone = isWhole
    ? linesOfCall(call, first(call, about))
    : before && item
      ? span(file.source, before.span.end, item.span.end)
      : item &&
        span(file.source, first(item, about), next ? first(next, commentsAbove(file, next.span)) : item.span.end)
  const losesComment = gone && file.comments.some((one) => !about.includes(one) && isWithin(one, gone))
  return gone && !losesComment ? { span: gone, text: '' } : undefined
}

/** The lines of a call from an offset on, and the blank ones by which they stand apart; undefined where something else is on them. */
function linesOfCall({ span: { source, start, end } }: CallNode, first: number): Span | undefined {
  const from = lineStart(source, first)
  const above = source.text.slice(0, from)
  const isApart = /(^|\n[\t ]*\r?\n)$/.test(above)
  const rest = (isApart ? /^[\t ]*(\r?\n)*/ : /^[\t ]*(\r?\n)?/).exec(source.text.slice(end))?.[0] ?? ''
  // One blank line stays where there were two around it.
  const isLast = end + rest.length >= source.text.length
  const blank = isLast && isApart && from > 0 ? (above.endsWith('\r\n') ? 2 : 1) : 0
  const isAlone = source.text.slice(lineStart(source, start), start).trim() === ''
  return isAlone ? span(source, from - blank, end + rest.length) : undefined
}
