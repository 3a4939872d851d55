import { aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import { capitalized } from '../../../languages/elixir/syntax/module-name.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, calls } from '../../../languages/elixir/syntax/query.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { meantOfLibrary } from '../../phoenix/library-modules.ts'
import { definitionsIn } from '../../phoenix/words.ts'
import { isDefined, isGiven, isPlain, type LostFunction, slipOf } from './given.ts'

/** Pipelines that a router names, and that it does not have; a function that is a plug may be named as well. */
export function lostPipelines(router: ModuleDefinition, code: Code): readonly LostFunction[] {
  const made = calls(router.body, 'pipeline').flatMap(({ args }) => atomName(args[0]) ?? [])
  const named = calls(router.body, 'pipe_through').flatMap(({ args: [first] }) =>
    first?.kind === 'list' ? first.items : first ? [first] : [],
  )
  return named.flatMap((node) => {
    const name = atomName(node)
    if (name === undefined || made.includes(name) || isDefined(name, code)) return []
    return lostPlug(name, node.span, slipOf(name, made), router, code)
  })
}

/** Function plugs that Plug.Conn, Phoenix.Controller and Phoenix.LiveView.Router bring to routers and controllers. */
const brought =
  `accepts assign fetch_cookies fetch_flash fetch_live_flash fetch_query_params fetch_session protect_from_forgery put_format
  put_layout put_new_layout put_new_view put_root_layout put_router_url put_secure_browser_headers put_static_url
  put_view`.split(/\s+/)

/** Function plugs that nothing defines, and whose name is nearly that of one that is brought, or of one of the module. */
export function lostPlugs(module: ModuleDefinition, code: Code): readonly LostFunction[] {
  const written = [...module.span.source.text.matchAll(/\bplug[\s(]+(?![A-Z])(?::(\w+[?!]?))?/g)]
  if (!written.some(([, name]) => mayBeSlip(name, module))) return []
  const own = module.functions.filter(({ arity }) => arity === 2).map(({ name }) => name)
  return calls(module.body, 'plug').flatMap(({ args: [first], target }) => {
    const name = target ? undefined : atomName(first)
    if (!first || name === undefined || isDefined(name, code) || brought.includes(name)) return []
    return lostPlug(name, first.span, slipOf(name, [...own, ...brought]), module, code)
  })
}

/** Whether the name of a plug may be nearly another one. */
function mayBeSlip(name: string | undefined, module: ModuleDefinition): boolean {
  if (name === undefined) return true
  if (brought.includes(name)) return false
  const defined = definitionsIn(module)
  return (
    defined === 'any' ||
    slipOf(
      name,
      [...defined, ...brought].filter((one) => one !== name),
    ) !== undefined
  )
}

function lostPlug(
  name: string,
  at: Span,
  near: string | undefined,
  module: ModuleDefinition,
  code: Code,
): readonly LostFunction[] {
  const given = near === undefined ? 'yes' : isGiven(name, module, code)
  if (given === 'yes') return []
  return [{ name: `:${name}`, span: at, near: `:${near}`, stops: 'build', isDoubtful: given === 'unknown' }]
}

/** The functions of modules that people write in front of the name of a plug. */
const ofLibraries: Readonly<Record<string, RegExp>> = {
  Plug: /^(forward|run)$/,
  Phoenix: /^(json_library|plug_init_mode)$/,
}

/** What stands where `plug` wants a module and is the call of a function that there is not: `plug Plug.static`, `plug Plug.` */
export function calledForPlugs(module: ModuleDefinition, code: Code): readonly LostFunction[] {
  if (!/\bplug[\s(]+[A-Z][\w.]*\.\s*[a-z]/.test(module.span.source.text)) return []
  return calls(module.body, 'plug').flatMap(({ args: [first] }): readonly LostFunction[] => {
    if (first?.kind !== 'call' || first.target?.kind !== 'alias') return []
    const target = aliasName(first.target, module.aliases, module.name)
    if (target === undefined) return []
    const own = code.module(target)
    const lacks = own
      ? isPlain(own) && definitionsIn(own) !== 'any' && !functionOf(own, first.name)
      : ofLibraries[target]?.test(first.name) === false
    const name = `${target}.${first.name}`
    const isBroken = /\n/.test(textOf(first.span).slice(0, first.nameSpan.start - first.span.start))
    const at = span(first.span.source, first.span.start, isBroken ? first.target.span.end : first.nameSpan.end)
    const found = { name, span: at, stops: 'build' as const }
    if (lacks) return [{ ...found, near: meantOfLibrary(name), isDoubtful: false }]
    // The function is there, and so is a module of that name.
    const near = first.parens ? undefined : code.module(`${target}.${capitalized(first.name)}`)?.name
    return near === undefined ? [] : [{ ...found, near, isDoubtful: true }]
  })
}
