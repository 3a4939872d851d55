import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import { bodyOf, sections } from '../../../languages/elixir/syntax/query.ts'
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

/** The name of a module that begins in small letters: a variable, which nothing but the file itself can have bound. */
function lostName(named: Node | undefined, { span: { source, start } }: CallNode): readonly LostFunction[] {
  const first = named?.kind === 'alias' ? named.head : named
  if (first?.kind !== 'variable' || first.name.startsWith('_')) return []
  const isBound = named === first && new RegExp(`\\b${first.name}\\b`).test(source.text.slice(0, start))
  return isBound
    ? []
    : [
        lost(
          first.name,
          first.span,
          first.name.replace(/^./, (letter) => letter.toUpperCase()),
        ),
      ]
}

const lost = (name: string, span: LostFunction['span'], near: string): LostFunction => ({
  name,
  span,
  near,
  stops: 'build',
  isDoubtful: false,
})
