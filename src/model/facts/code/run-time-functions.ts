import { aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { Node } from '../../../languages/elixir/syntax/ast.ts'
import {
  type FunctionDefinition,
  type ModuleDefinition,
  textOutside,
} from '../../../languages/elixir/syntax/modules.ts'
import { walk } from '../../../languages/elixir/syntax/query.ts'
import { oncePer } from '../../../text/once.ts'
import { isWithin, type Span, textOf } from '../../../text/source.ts'
import type { Code } from '../../phoenix/code.ts'
import { lastPart, mayCall } from '../../phoenix/words.ts'

/** A function that production may run. */
export interface RunTimeFunction {
  readonly module: ModuleDefinition
  readonly definition: FunctionDefinition
  /** Its default arguments, guards and bodies. */
  readonly nodes: readonly Node[]
}

/**
 * The functions that a release may run, of those modules in whose files `words` stand: without macros, tasks of Mix, modules
 * that are only there under a condition, and functions that nothing but the compiler calls.
 */
export const runTimeFunctions = (code: Code, words: RegExp): readonly RunTimeFunction[] =>
  code.mentioning(words).flatMap(functionsIn(code))

const functionsIn = oncePer((code: Code) => {
  const conditions = code.files.flatMap((file) => (file.outline ? [] : conditionsIn(file.body)))
  return oncePer((module: ModuleDefinition): readonly RunTimeFunction[] => {
    const { path } = module.span.source
    const isTask = /(^|\/)lib\/mix\//.test(path) || /^Mix\./.test(module.name)
    if (isTask || module.uses.some((use) => use.module === 'Mix.Task')) return []
    if (conditions.some((span) => isWithin(module.span, span))) return []
    return module.functions.flatMap((definition): readonly RunTimeFunction[] => {
      if (!/^defp?$/.test(definition.kind)) return []
      const isCompiling = isCalledByCompiler(code, module, definition)
      const calls = isCompiling ? code.runTime().callsOf({ module, definition }) : []
      if (isCompiling && !calls.some(({ from }) => /^defp?$/.test(from.definition.kind))) return []
      const nodes = definition.clauses.flatMap(({ patterns, guard, sections }) => [
        ...patterns,
        ...(guard ? [guard] : []),
        ...sections.map(({ body }) => body),
      ])
      return [{ module, definition, nodes }]
    })
  })
})

/** As `walk`, without what is quoted, which the compiler puts elsewhere, and what `unquote` has it put here. */
export const walkRunTime = (nodes: Node | readonly Node[], visit: (node: Node) => unknown): void =>
  walk(nodes, (node) => (node.kind === 'call' && /^(un)?quote$/.test(node.name) && !node.target ? false : visit(node)))

/** The conditions of a file around its modules. */
function conditionsIn(body: readonly Node[]): readonly Span[] {
  const found: Span[] = []
  walk(body, (node) => {
    if (node.kind !== 'call' || node.target) return true
    if (/^(if|unless|case|cond)$/.test(node.name)) found.push(node.span)
    return !/^def/.test(node.name) && !/^(if|unless|case|cond)$/.test(node.name)
  })
  return found
}

/** Whether the body of a module or a macro calls a function. */
const isCalledByCompiler = (code: Code, { name }: ModuleDefinition, definition: FunctionDefinition): boolean =>
  code
    .writing(lastPart(name))
    .some(
      (one) =>
        mayCall(one, name, definition.name) &&
        textOutside(one).includes(definition.name) &&
        calledByCompiler(one).has(`${name}.${definition.name}`),
    )

/** The functions that the body of a module and its macros call, with their modules. */
const calledByCompiler = oncePer((module: ModuleDefinition): ReadonlySet<string> => {
  const names = new Set<string>()
  walkRunTime(module.body, (node) => {
    if (node.kind === 'call' && /^defp?$|^defmodule$/.test(node.name) && !node.target) return false
    if (node.kind === 'call') {
      const target = node.target ? aliasName(node.target, module.aliases, module.name) : module.name
      names.add(`${target}.${node.name}`)
    }
    return true
  })
  return names
})

/** Whether a function says what it does where what it calls is not there, or asks another of its module for that. */
export function isCareful({ definition, module }: RunTimeFunction): boolean {
  const asking = module.functions.filter((one) => textsOf(one).some((text) => asks.test(text))).map(({ name }) => name)
  const isGuarded = (text: string) => asking.some((name) => text.includes(`${name}(`))
  return (
    definition.clauses.some(({ sections }) => sections.some(({ label }) => label === 'rescue')) ||
    textsOf(definition).some((text) => /\btry\b/.test(text) || asks.test(text) || isGuarded(text))
  )
}

const asks = /\b(ensure_loaded\??|ensure_compiled!?|loaded\?|is_loaded|function_exported\??|loaded_applications)(?!\w)/

const textsOf = ({ clauses }: FunctionDefinition): readonly string[] => clauses.map(({ call }) => textOf(call.span))
