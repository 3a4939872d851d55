import { aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { Node } from '../../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, calls, walk } from '../../../languages/elixir/syntax/query.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { definitionsIn } from '../../phoenix/words.ts'

/** What the top of a controller says without getting actions by it, or a plug that may answer before them. */
const plain = /^(alias|import|require|use|def|defp|action_fallback|embed_templates|put_view|put_layout)$/

/** What `use` brings no actions. */
const bringsNone = /^(Phoenix\.(Controller|VerifiedRoutes)|Gettext)$/

/** Whether a controller lacks an action: all that it is made of is in view, and no plug of its own answers for it. */
export function lacksAction(controller: ModuleDefinition, action: string, code: Code): boolean {
  const { uses, body } = controller
  const [use] = uses
  if (functionOf(controller, 'call', 2)) return false
  if (!use || uses.length > 1 || definitionsIn(controller) === 'any' || functionOf(controller, action, 2)) return false
  if (
    body.some((node) =>
      node.kind === 'attribute'
        ? node.name === 'before_compile'
        : !(node.kind === 'call' && !node.target && plain.test(node.name)),
    )
  )
    return false
  if (use.module === 'Phoenix.Controller') return true
  const own = code.module(use.module)
  const which = atomName(use.call.args[1])
  return own !== undefined && which !== undefined && isSealed(own, which, 0)
}

/** Whether what a function of the app's own `ShopWeb` quotes defines nothing and uses nothing that might. */
function isSealed(own: ModuleDefinition, name: string, depth: number): boolean {
  const bodies = functionOf(own, name, 0)?.clauses.flatMap(({ body }) => body ?? []) ?? []
  if (bodies.length !== 1 || depth > 2 || calls(bodies, 'quote').length === 0) return false
  let sealed = true
  walk(bodies, (node) => {
    if (node.kind !== 'call' || node.target) return
    if (/^(def.*|plug|@before_compile)$/.test(node.name)) sealed = false
    if (node.name === 'use') sealed &&= bringsNone.test(aliasName(node.args[0], own.aliases, own.name) ?? '')
    if (node.name === 'unquote') sealed &&= isQuoted(node.args[0], own, depth)
  })
  return sealed
}

/** Whether what is put in is what another function quotes, or a part of an option. */
function isQuoted(node: Node | undefined, own: ModuleDefinition, depth: number): boolean {
  const name = node?.kind === 'call' && !node.target && node.args.length === 0 ? node.name : undefined
  return name !== undefined && isSealed(own, name, depth + 1)
}
