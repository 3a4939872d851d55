import type { CallNode, ElixirFile, Node } from '../../../languages/elixir/syntax/ast.ts'
import { capitalized } from '../../../languages/elixir/syntax/module-name.ts'
import { bodyOf, sections, walk } from '../../../languages/elixir/syntax/query.ts'
import type { Code } from '../../phoenix/code.ts'
import { type LostFunction, slipOf } from './given.ts'

const definers = ['defmodule', 'defprotocol', 'defimpl']

/** What defines modules, with a slip in it or in the name, where a file has it outside of all of them or in one of them. */
export const lostDefinitions = (body: readonly Node[]): readonly LostFunction[] =>
  body.flatMap((node) => {
    if (node.kind !== 'call' || node.target || node.blocks.length === 0) return []
    const [named] = node.args
    if (definers.includes(node.name)) {
      const inside = bodyOf(sections(node).find(({ label }) => label === 'do')?.body)
      return [...lostName(named, node), ...lostDefinitions(inside)]
    }
    const near = named?.kind === 'alias' ? slipOf(node.name, definers) : undefined
    return near === undefined || near === node.name ? [] : [lost(`${node.name}/2`, node.nameSpan, near)]
  })

/** The name of a module that is a variable, which nothing but the file itself can have bound. */
function lostName(named: Node | undefined, { span: { source, start } }: CallNode): readonly LostFunction[] {
  if (named?.kind !== 'variable') return []
  const isBound = new RegExp(`\\b${named.name}\\b`).test(source.text.slice(0, start))
  return isBound ? [] : [lost(named.name, named.span, capitalized(named.name))]
}

/** What takes the name of a module as it is written: no macro can make it of anything else. */
const asking = /^(use|alias|import|require|plug|def(module|protocol|impl))$/

/** Names of modules that begin in small letters, as in `use phoenix.Router`: before a name Elixir takes no variable. */
export function lostNames({ source, body }: ElixirFile): readonly LostFunction[] {
  if (!/(?<![\w.])[a-z]\w*\.[A-Z]/.test(source.text)) return []
  const asked = new Set<Node>()
  const found: LostFunction[] = []
  walk(body, (node) => {
    if (node.kind === 'call' && !node.target) {
      if (node.name === 'quote') return false
      const [first] = node.args
      if (first && asking.test(node.name)) asked.add(first)
    }
    const head = node.kind === 'alias' ? node.head : undefined
    if (head?.kind === 'variable' && !head.name.startsWith('_'))
      found.push({ ...lost(head.name, head.span, capitalized(head.name)), isDoubtful: !asked.has(node) })
    return true
  })
  return found
}

const mayNameSo = /\n[ \t]*(?:use|alias|import|require)[ (]+[a-z]\w*[,)\s]/

/** The same of names of one part, as in `use shopWeb, :router`. */
export const lostUses = (code: Code): readonly LostFunction[] =>
  code.mentioning(mayNameSo).flatMap(({ body }) => {
    const found: LostFunction[] = []
    walk(body, (node) => {
      if (node.kind !== 'call' || node.target) return true
      const [first] = node.args
      if (/^(use|alias|import|require)$/.test(node.name) && first?.kind === 'variable' && !first.name.startsWith('_'))
        found.push(lost(first.name, first.span, capitalized(first.name)))
      return node.name !== 'quote'
    })
    return found
  })

const lost = (name: string, span: LostFunction['span'], near: string): LostFunction => ({
  name,
  span,
  near,
  stops: 'build',
  isDoubtful: false,
})
