import type { Node } from '../../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { bodyOf } from '../../../languages/elixir/syntax/query.ts'
import type { Code } from '../../phoenix/code.ts'
import { isDefined, isGiven, type LostFunction, slipOf } from './given.ts'

/** The words of endpoints and routers (Phoenix.Endpoint, Phoenix.Router, Plug.Builder, Kernel.SpecialForms). */
const words =
  `plug socket pipeline pipe_through scope forward get post put patch delete options head connect trace match
  resources live live_session live_dashboard import alias require use def defp defmacro if unless for case quote`.split(
    /\s+/,
  )

/** What else the top of a module may say that is of Elixir, or comes with `use Phoenix.Endpoint`. */
const ofElixir = /^(def\w*|with|cond|try|raise|throw|receive|quote|unquote\w*|super|instrument|builder_opts|is_\w+)$/

/** Words of an endpoint or a router with a slip, or that an endpoint cannot know, which no macro of the project's own brings. */
export function lostWords(module: ModuleDefinition, code: Code): readonly LostFunction[] {
  const isSealed =
    module.uses.every((use) => sealing.test(use.module)) && !module.body.some((node) => isWord(node, /^import$/))
  const nodes = module.body.flatMap((node) =>
    [node, ...(node.kind === 'call' ? node.blocks.flatMap(({ body }) => bodyOf(body)) : [])].map((one) => ({
      node: one,
      isAtTop: one === node || isWord(node, /^(if|unless)$/),
    })),
  )
  return nodes.flatMap(({ node, isAtTop }) => {
    if (node.kind !== 'call' || node.target || node.args.length === 0 || node.parens) return []
    const { name, nameSpan } = node
    if (words.includes(name) || isDefined(name, code)) return []
    const near = name.length < 4 ? undefined : slipOf(name, words)
    const isLost = near !== undefined || (isSealed && isAtTop && !ofElixir.test(name))
    const given = isLost ? isGiven(name, module, code) : 'yes'
    if (given === 'yes') return []
    const isDoubtful = given === 'unknown'
    return [{ name: `${name}/${node.args.length}`, span: nameSpan, near, stops: 'build' as const, isDoubtful }]
  })
}

/** What endpoints use without getting words of their own by it. */
const sealing = /^(Phoenix\.Endpoint|Sentry\.\w+|Absinthe\.Phoenix\.Endpoint)$/

const isWord = (node: Node, name: RegExp): boolean => node.kind === 'call' && !node.target && name.test(node.name)
