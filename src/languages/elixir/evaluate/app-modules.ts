import type { Span } from '../../../text/source.ts'
import { aliasName } from '../syntax/aliases.ts'
import type { Node } from '../syntax/ast.ts'
import type { ModuleDefinition } from '../syntax/modules.ts'
import { ElixirError } from '../values/types.ts'
import { unknownValue, type Value } from '../values/value.ts'
import { mergeConfigs } from './config-merge.ts'
import { evaluate } from './evaluate.ts'
import { Undecided } from './fork.ts'
import { Exhausted, limited, type Machine, note, type Scope, type ScriptModule } from './machine.ts'
import { maySet } from './may-set.ts'

const modulesOf = new WeakMap<Machine, Map<string, ScriptModule | undefined>>()

/** A module by its full name: one that the script defines, else one of the app's code, where scripts can call that. */
export const moduleNamed = (machine: Machine, name: string): ScriptModule | undefined =>
  machine.state.modules.get(name) ?? appModule(machine, name)

/** A module of the app's code; undefined where it is not in view. */
export function appModule(machine: Machine, name: string): ScriptModule | undefined {
  const { module } = machine.input
  if (module === undefined) return undefined
  const known = modulesOf.get(machine) ?? new Map<string, ScriptModule | undefined>()
  modulesOf.set(machine, known)
  if (!known.has(name)) {
    const found = module(name)
    known.set(name, found && scriptModule(found, machine))
  }
  return known.get(name)
}

const harmless = new Set(['alias', 'require', 'import', 'def', 'defp', 'defstruct', 'defexception', 'defmodule'])

function scriptModule({ name, span, body, aliases, functions }: ModuleDefinition, machine: Machine): ScriptModule {
  const imports = body.flatMap((node) => (nameOf(node) === 'import' ? [importedBy(node, aliases)] : []))
  const scope: Scope = {
    machine,
    source: span.source,
    path: span.source.path,
    variables: new Map(),
    aliases,
    imports: imports.reverse(),
    required: new Set(),
    module: name,
    attributes: new Map(),
  }
  const attributesAt = new Map<Span, ReadonlyMap<string, Value>>()
  for (const node of body) {
    if (node.kind === 'attribute' && node.value !== undefined && !typespecs.has(node.name))
      scope.attributes = new Map([...(scope.attributes ?? []), [node.name, compiled(node.value, scope)]])
    attributesAt.set(node.span, scope.attributes ?? new Map())
  }
  const isOpen = body.some((node) => node.kind === 'call' && !harmless.has(nameOf(node) ?? ''))
  const isException = body.some((node) => nameOf(node) === 'defexception')
  return { name, functions, scope, isException, open: isOpen, attributesAt }
}

const nameOf = (node: Node): string | undefined => (node.kind === 'call' && !node.target ? node.name : undefined)

/** What an `import` names; a module that nobody has where that is not known. */
function importedBy(node: Node, aliases: ModuleDefinition['aliases']): string {
  const [named] = node.kind === 'call' ? node.args : []
  return aliasName(named, aliases) ?? '?'
}

const typespecs = new Set([
  'doc',
  'moduledoc',
  'typedoc',
  'spec',
  'type',
  'typep',
  'opaque',
  'callback',
  'macrocallback',
])

/** The value of an attribute: what the build knew is out of view, such as its environment. */
function compiled(value: Node, scope: Scope): Value {
  const { machine } = scope
  const { state } = machine
  const reads = machine.reads.length
  const frozen = () => unknownValue('it is fixed when the code is compiled')
  try {
    const result = evaluate(value, { ...scope })
    return machine.reads.length > reads ? frozen() : result
  } catch (error) {
    if (error instanceof ElixirError || error instanceof Undecided) return frozen()
    throw error
  } finally {
    machine.state = state
    machine.reads.length = reads
  }
}

const stepsOfCall = 20_000
const tooMuch = new WeakMap<Machine, Set<string>>()

/**
 * Runs a function of the app's code that a script calls at `span`: what it reads, and where it stops, is said of the
 * call. Code that is too much for us, or that we take for wrong although it compiles, gives an unknown value, and what it
 * may configure is not known either.
 */
export function inApp(machine: Machine, span: Span, module: ScriptModule, name: string, run: () => Value): Value {
  if (machine.site) return run()
  const spent = tooMuch.get(machine) ?? new Set()
  tooMuch.set(machine, spent)
  const unfollowed = () => {
    const why = `\`${name}\` cannot be followed`
    note(machine, span, why, 'foreign-call')
    machine.state = { ...machine.state, config: mergeConfigs(machine.state.config, maySet(module, why)) }
    return unknownValue(why)
  }
  if (spent.has(name)) return unfollowed()
  const { state } = machine
  machine.site = span
  try {
    return limited(machine, stepsOfCall, run)
  } catch (error) {
    const stopped = error instanceof ElixirError
    if (stopped && error.crash.type !== 'CompileError') throw new ElixirError({ ...error.crash, span })
    if (!stopped && !(error instanceof Exhausted)) throw error
    machine.state = state
    spent.add(name)
    return unfollowed()
  } finally {
    machine.site = undefined
  }
}
