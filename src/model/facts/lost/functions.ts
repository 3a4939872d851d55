import { aliasesIn, aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import type { FunctionDefinition, ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, calls, walk } from '../../../languages/elixir/syntax/query.ts'
import { oncePer } from '../../../text/once.ts'
import { type Span, textOf } from '../../../text/source.ts'
import { routersIn } from '../../phoenix/answer.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { mayRoute, routesOf } from '../../phoenix/router.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'
import { definitionsIn, isWrittenIn, isWrittenOut, lastPart, renamedIn, usesWrittenIn } from '../../phoenix/words.ts'
import { lacksAction } from './actions.ts'
import { lostChildrenIn } from './children.ts'
import { lostDefinitions, lostNames, lostUses } from './definitions.ts'
import { isGiven, isPlain, type LostFunction, slipOf } from './given.ts'
import { calledForPlugs, lostPipelines, lostPlugs } from './plugs.ts'
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
