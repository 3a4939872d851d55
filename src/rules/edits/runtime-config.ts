import { posix } from 'node:path'
import type { CallNode, ElixirFile, ListNode, Node } from '../../languages/elixir/syntax/ast.ts'
import { bodyOf, fullName, keywordGet, optionsOf } from '../../languages/elixir/syntax/query.ts'
import type { MixApp } from '../../model/phoenix/mix.ts'
import type { Project } from '../../model/project/project.ts'
import type { Edit } from '../../text/diagnostic.ts'
import { positionAt, span, textOf } from '../../text/source.ts'
import { insertedAt, lineStart, linesAtEnd, newFile } from './lines.ts'

/** One key of the config, as Elixir writes it. */
export interface ConfigPair {
  /** What stands before the options: `:shop` or `:shop, Shop.Mailer`. */
  readonly of: string
  readonly key: string
  readonly value: string
}

/**
 * Writes a key into `config/runtime.exs` for production: into the `config` call that is there for it, else as a new one
 * at the end of the block for `:prod`, which is made where it is missing, and so is the file.
 */
export function inRuntimeConfig(project: Project, app: MixApp, pair: ConfigPair): Edit | undefined {
  const path = posix.join(app.folder, 'config/runtime.exs')
  const file = project.elixir.get(path)
  if (file === undefined) {
    if (project.tree.entries.some((entry) => entry.path === path)) return undefined
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

const prodBlock = (pair: ConfigPair): string => `if config_env() == :prod do\n  ${lineOf(pair)}\nend`

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

function intoOptions({ items, span: at, brackets }: ListNode, { key, value }: ConfigPair): Edit | undefined {
  const { source } = at
  const last = items.at(-1)?.span
  if (last === undefined) return undefined
  const column = (offset: number) => positionAt(source, offset).column - 1
  const line = lineStart(source, last.start)
  const isOwnLine = source.text.slice(line, last.start).trim() === ''
  if (brackets && !isOwnLine) return undefined
  return insertedAt(
    source,
    last.end,
    isOwnLine ? `,\n${' '.repeat(column(last.start))}${key}: ${value}` : `, ${key}: ${value}`,
  )
}

function atEndOf(block: CallNode, body: readonly Node[], pair: ConfigPair): Edit | undefined {
  const { source, end } = block.span
  const closing = end - 'end'.length
  const line = lineStart(source, closing)
  if (source.text.slice(line, closing).trim() !== '') return undefined
  const indent = source.text.slice(line, closing)
  const gap = body.length > 0 ? '\n' : ''
  return insertedAt(source, line, `${gap}${indent}  ${lineOf(pair)}\n`)
}

/** Takes one option out of a `config` call, and the call where it has no other. Undefined where a comment would go too. */
export function withoutOption(file: ElixirFile, call: CallNode, key: string): Edit | undefined {
  const options = optionsOf(call)
  const at = options?.items.findIndex(
    (item) => item.kind === 'tuple' && item.items[0]?.kind === 'atom' && item.items[0].name === key,
  )
  if (options === undefined || at === undefined || at === -1) return undefined
  const { source } = file
  const whole = () => {
    const from = lineStart(source, call.span.start)
    const rest = /^[\t ]*(\r?\n)*/.exec(source.text.slice(call.span.end))?.[0] ?? ''
    // One blank line stays where there were two around it.
    const isLast = call.span.end + rest.length >= source.text.length
    const blank = /\n[\t ]*\r?\n$/.exec(source.text.slice(0, from))
    const start = isLast && blank ? from - (source.text.slice(0, from).endsWith('\r\n') ? 2 : 1) : from
    return source.text.slice(from, call.span.start).trim() === ''
      ? span(source, start, call.span.end + rest.length)
      : undefined
  }
  const [before, item, next] = [options.items[at - 1], options.items[at], options.items[at + 1]]
  if (item === undefined) return undefined
  const gone =
    options.items.length === 1
      ? whole()
      : before
        ? span(source, before.span.end, item.span.end)
        : span(source, item.span.start, next?.span.start ?? item.span.end)
  const losesComment = gone && file.comments.some(({ start }) => start >= gone.start && start < gone.end)
  return gone && !losesComment ? { span: gone, text: '' } : undefined
}
