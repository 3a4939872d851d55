import { aliasesIn, aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, calls, walk } from '../../../languages/elixir/syntax/query.ts'
import { oncePer } from '../../../text/once.ts'
import { type Span, span, textOf } from '../../../text/source.ts'
import { routersIn } from '../../phoenix/answer.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { meantOfLibrary } from '../../phoenix/library-modules.ts'
import { mayRoute, routesOf } from '../../phoenix/router.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'
import { definitionsIn, isWrittenIn, isWrittenOut, lastPart, renamedIn, usesWrittenIn } from '../../phoenix/words.ts'
import { lacksAction } from './actions.ts'
import { lostChildrenIn } from './children.ts'
import { capitalized, lostDefinitions, lostNames, lostUses } from './definitions.ts'
import { isDefined, isGiven, isPlain, type LostFunction, slipOf } from './given.ts'
import { lostWords } from './words.ts'

/** The functions of the project's own modules that its code names with a slip. */
export const lostFunctionsIn = oncePer((code: Code): readonly LostFunction[] => {
  const worded = new Set([...routersIn(code), ...code.using('Phoenix.Endpoint')])
  return [
    ...lostChildrenIn(code),
    ...code.files.flatMap((file) => (file.outline ? [] : [...lostDefinitions(file.body), ...lostNames(file)])),
    ...lostUses(code),
    ...code.modules.flatMap((module) => [
      ...(mayRoute(module) ? lostActions(module, code) : []),
      ...(isWrittenIn(module, 'pipe_through') ? lostPipelines(module, code) : []),
      ...(isWrittenIn(module, 'plug') ? [...lostPlugs(module, code), ...calledForPlugs(module, code)] : []),
      ...(worded.has(module) ? lostWords(module, code) : []),
      ...lostMacros(module, code),
      ...lostCalls(module, code),
    ]),
  ]
})

const ownByLastPart = oncePer(({ modules }: Code): ReadonlyMap<string, readonly ModuleDefinition[]> => {
  const found = new Map<string, ModuleDefinition[]>()
  for (const module of modules) found.set(lastPart(module.name), [...(found.get(lastPart(module.name)) ?? []), module])
  return found
})

/** Whether a module that the text of `from` calls by a word may be one of the project's own and lack a function. */
function mayLackIn(from: ModuleDefinition, code: Code) {
  const [renamed, own] = [renamedIn(from), ownByLastPart(code)]
  return (word: string | undefined, name: string | undefined): boolean => {
    if (word === undefined || renamed.has(word)) return true
    const named = own.get(word)
    return (
      named?.some((called) => name === undefined || lostIn(called, name, called.nameSpan, 'call', code).length > 0) ===
      true
    )
  }
}

/** Requests that no plug of the endpoint answers itself, as those for headers and options. */
const answered = /^(get|post|put|patch|delete)$/

/** Actions that no controller has. */
function lostActions(router: ModuleDefinition, code: Code): readonly LostFunction[] {
  return routesOf(router).flatMap(({ module: name, action, actionSpan, verb }) => {
    const controller = /^(live|forward|resources)$/.test(verb) || !name ? undefined : code.module(name)
    if (!controller || action === undefined || !actionSpan) return []
    if (isWrittenOut(controller, action) || functionOf(controller, 'action', 2)) return []
    const near = lostIn(controller, action, actionSpan, 'request', code)
    if (near.length > 0 || !answered.test(verb) || !lacksAction(controller, action, code)) return near
    // A route that nobody asks harms nobody.
    return [
      { name: `${name}.${action}`, span: actionSpan, near: undefined, stops: 'request' as const, isDoubtful: true },
    ]
  })
}

/** Pipelines that a router names, and that it does not have; a function that is a plug may be named as well. */
function lostPipelines(router: ModuleDefinition, code: Code): readonly LostFunction[] {
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
function lostPlugs(module: ModuleDefinition, code: Code): readonly LostFunction[] {
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
function calledForPlugs(module: ModuleDefinition, code: Code): readonly LostFunction[] {
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

/** What the app's own `use ShopWeb, :controller` asks for. */
function lostMacros(module: ModuleDefinition, code: Code): readonly LostFunction[] {
  const written = usesWrittenIn(module).filter(({ hasArgument }) => hasArgument)
  const mayLack = mayLackIn(module, code)
  if (!written.some((use) => mayLack(use.module, use.argument))) return []
  return module.uses.flatMap(({ module: name, call }) => {
    const used = code.module(name)
    const which = call.args[1]
    const applies = used && functionOf(used, '__using__')?.clauses.some(({ body }) => body && appliesIn(body))
    const asked = atomName(which)
    return used && applies && which && asked !== undefined ? lostIn(used, asked, which.span, 'build', code) : []
  })
}

const appliesIn = (body: Node): boolean => calls(body, 'apply').length > 0

function lostCalls(module: ModuleDefinition, code: Code): readonly LostFunction[] {
  if (!namingOwn(code).has(module) || !mayLackSome(module, code)) return []
  const callsIn = (roots: readonly Node[], stops: LostFunction['stops']) => {
    const found: LostFunction[] = []
    const aliases = aliasesIn(roots, module.aliases, module.name)
    walk(roots, (node) => {
      if (node.kind !== 'call') return
      const target = node.target?.kind === 'alias' ? aliasName(node.target, aliases, module.name) : undefined
      const called = target === undefined ? undefined : code.module(target)
      if (called && isCall(node)) found.push(...lostIn(called, node.name, node.nameSpan, stops, code))
    })
    return found
  }
  const atTop = module.body.filter((node) => node.kind === 'call' && !node.target && !/^def/.test(node.name))
  return [
    ...callsIn(atTop, 'build'),
    ...module.functions.filter(isUnasked).flatMap((one) => callsIn(bodiesOf(one), 'call')),
  ]
}

/** The modules in which the last part of the name of one of the project's own stands, but for its definition, or another name for one. */
const namingOwn = oncePer((code: Code): ReadonlySet<ModuleDefinition> => {
  const found = new Set(code.modules.filter((module) => renamedIn(module).size > 0))
  for (const word of ownByLastPart(code).keys())
    for (const module of code.writing(word)) {
      const { nameSpan } = module
      const { text } = nameSpan.source
      const isDefined = lastPart(module.name) === word && text.indexOf(word) === nameSpan.end - word.length
      if (!isDefined || text.includes(word, nameSpan.end)) found.add(module)
    }
  return found
})

function mayLackSome(module: ModuleDefinition, code: Code): boolean {
  const mayLack = mayLackIn(module, code)
  for (const [, word, name] of module.span.source.text.matchAll(/(?<!\w)([A-Z]\w*)\s*\.\s*([a-z_]\w*[?!]?)/g))
    if (mayLack(word, name)) return true
  return false
}

/** Whether a function neither asks if what it calls is there, nor goes on without it. */
const isUnasked = ({ clauses }: FunctionDefinition): boolean =>
  clauses.every(({ call }) => !/\bfunction_exported\?|\bUndefinedFunctionError\b/.test(textOf(call.span)))

const isCall = ({ name, parens, args }: CallNode): boolean => /^[a-z_]/.test(name) && (parens || args.length > 0)

/** A function that a module nearly has, where no macro can have made it. */
function lostIn(
  module: ModuleDefinition,
  name: string,
  span: Span,
  stops: LostFunction['stops'],
  code: Code,
): readonly LostFunction[] {
  const written = definitionsIn(module)
  if (written === 'any' || written.has(name) || !slipsIn(module)(name)) return []
  if (functionOf(module, name)) return []
  const given = stops === 'request' ? isGiven(name, module, code) : isPlain(module) ? 'no' : 'yes'
  if (given === 'yes') return []
  const near = slipOf(
    name,
    module.functions.flatMap((one) => (one.kind === 'def' ? [one.name] : [])),
  )
  return near === undefined
    ? []
    : [{ name: `${module.name}.${name}`, span, near, stops, isDoubtful: given === 'unknown' }]
}

/** Whether a name is nearly one that the text of a module defines. */
const slipsIn = oncePer((module: ModuleDefinition) => {
  const written = [...definitionsIn(module)]
  const answers = new Map<string, boolean>()
  return (name: string): boolean => {
    const is = answers.get(name) ?? slipOf(name, written) !== undefined
    answers.set(name, is)
    return is
  }
})
