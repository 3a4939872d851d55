import { type Span, textOf } from '../../../text/source.ts'
import { type Aliases, addAliases, aliasesIn, aliasName } from './aliases.ts'
import type { AttributeNode, CallNode, Clause, ElixirFile, ListNode, Node, Outline } from './ast.ts'
import { beginsWith, outsideOf } from './outline.ts'
import { bodyOf, optionsOf, sections, walk } from './query.ts'

/** A `defmodule` of a file. */
export interface ModuleDefinition {
  /** In full, such as `MyAppWeb.Endpoint`, also for a module inside another. */
  readonly name: string
  /** The whole `defmodule … end`. */
  readonly span: Span
  /** Where the name stands. */
  readonly nameSpan: Span
  /** The expressions between `do` and `end`. */
  readonly body: readonly Node[]
  /** The short names that are good in the module. */
  readonly aliases: Aliases
  readonly uses: readonly ModuleUse[]
  readonly functions: readonly FunctionDefinition[]
  /** `@name value`, in order; later ones replace earlier ones of the same name. */
  readonly attributes: readonly AttributeNode[]
  /** What is known of a module before the rest of it is read, which takes its time. */
  readonly outline?: Outline
}

/** `use Phoenix.Endpoint, otp_app: :my_app`. */
export interface ModuleUse {
  readonly module: string
  readonly options: ListNode | undefined
  readonly call: CallNode
}

/** All clauses of one function or macro. */
export interface FunctionDefinition {
  readonly name: string
  readonly arity: number
  /** How many of the last arguments may be left away. */
  readonly defaults: number
  readonly kind: 'def' | 'defp' | 'defmacro' | 'defmacrop'
  readonly clauses: readonly FunctionClause[]
}

/** One `def`. The body is a block or a single expression; `undefined` for a head without one. */
export interface FunctionClause extends Omit<Clause, 'body'> {
  readonly body: Node | undefined
  readonly sections: ReturnType<typeof sections>
  readonly call: CallNode
}

/** The modules that a file defines, outer ones before inner ones. Of one that is outlined no more is read than is asked for. */
export const modules = (file: ElixirFile): readonly ModuleDefinition[] =>
  file.outline ? [new OutlinedModule(file, file.outline)] : modulesIn(file)

/** Of these there may be thousands, and an object with getters would make each of them anew. */
class OutlinedModule implements ModuleDefinition {
  readonly name: string
  readonly nameSpan: Span
  readonly span: Span
  readonly outline: Outline
  readonly file: ElixirFile
  whole: ModuleDefinition | undefined
  constructor(file: ElixirFile, outline: Outline) {
    this.name = outline.name
    this.nameSpan = outline.nameSpan
    this.span = outline.span
    this.outline = outline
    this.file = file
    this.whole = undefined
  }
  read(): ModuleDefinition {
    this.whole ??= modulesIn(this.file)[0]
    if (!this.whole) throw new Error(`${this.file.source.path} does not define ${this.name}`)
    return this.whole
  }
  get body() {
    return this.read().body
  }
  get aliases() {
    return this.read().aliases
  }
  get uses() {
    return beginsWith(this.outline, /use/y) ? this.read().uses : []
  }
  get functions() {
    return this.read().functions
  }
  get attributes() {
    return beginsWith(this.outline, /@/y) ? this.read().attributes : []
  }
}

/** Whether a module uses another one: most often that is known before its `uses` are. */
export const usesSome = (module: ModuleDefinition): boolean =>
  (module.outline !== undefined && beginsWith(module.outline, /use[ (]+[A-Z]/y)) || module.uses.length > 0

/** The text outside of the functions of a module, and maybe more. */
export const textOutside = ({ outline, span }: ModuleDefinition): string =>
  outline ? outsideOf(outline) : textOf(span)

function modulesIn(file: ElixirFile): readonly ModuleDefinition[] {
  const found: ModuleDefinition[] = []
  const search = (nodes: readonly Node[], outer: Aliases, prefix: string): void => {
    walk(nodes, (node) => {
      if (node.kind !== 'call' || node.target || node.name !== 'defmodule') return true
      const module = readModule(node, outer, prefix)
      if (!module) return true
      found.push(module)
      search(module.body, module.aliases, module.name)
      return false
    })
  }
  search(file.body, fileAliases(file), '')
  return found
}

/** The aliases made outside of any module. */
export const fileAliases = (file: ElixirFile): Aliases =>
  aliasesIn(file.body.filter((node) => node.kind !== 'call' || node.name !== 'defmodule'))

function readModule(call: CallNode, outer: Aliases, prefix: string): ModuleDefinition | undefined {
  const [named] = call.args
  const written = aliasName(named, prefix === '' ? outer : new Map(), prefix)
  if (!named || written === undefined) return undefined
  const inside = prefix !== '' && named.kind === 'alias' && !named.head && named.segments[0] !== 'Elixir'
  const name = inside ? `${prefix}.${written}` : written
  const body = bodyOf(sections(call).find((section) => section.label === 'do')?.body)
  const own = body.filter((node) => node.kind !== 'call' || node.name !== 'defmodule')
  // The last one counts, and an alias inside a function is good there alone.
  const around = new Map(outer)
  for (const node of body) {
    for (const [short, full] of innerAlias(node, name)) around.set(short, full)
    if (node.kind === 'call' && !/^def/.test(node.name)) addAliases(around, node, name)
  }
  const aliases = new Map([...aliasesIn(own, around, name), ...around])
  return {
    name,
    span: call.span,
    nameSpan: named.span,
    body,
    aliases,
    uses: own.flatMap((node) => readUse(node, aliases, name)),
    functions: readFunctions(own),
    attributes: own.filter((node) => node.kind === 'attribute' && node.value !== undefined) as readonly AttributeNode[],
  }
}

/** A module inside another can be named by its last part there. */
function innerAlias(node: Node, outer: string): readonly (readonly [string, string])[] {
  if (node.kind !== 'call' || node.name !== 'defmodule' || node.args[0]?.kind !== 'alias') return []
  const [first] = node.args[0].segments
  return first ? [[first, `${outer}.${first}`]] : []
}

function readUse(node: Node, aliases: Aliases, moduleName: string): readonly ModuleUse[] {
  if (node.kind !== 'call' || node.target || node.name !== 'use') return []
  const module = aliasName(node.args[0], aliases, moduleName)
  return module === undefined
    ? []
    : [{ module, options: node.args.length > 1 ? optionsOf(node) : undefined, call: node }]
}

/** The functions that `nodes` define, in order of their first clause. */
export function readFunctions(nodes: readonly Node[]): readonly FunctionDefinition[] {
  const found = new Map<string, FunctionDefinition>()
  for (const node of nodes) {
    const read = node.kind === 'call' && !node.target ? readFunction(node) : undefined
    if (!read) continue
    const key = `${read.name}/${read.arity}`
    const known = found.get(key)
    const merged = known
      ? { ...known, defaults: Math.max(known.defaults, read.defaults), clauses: [...known.clauses, ...read.clauses] }
      : read
    found.set(key, merged)
  }
  return [...found.values()]
}

const isKind = (name: string): name is FunctionDefinition['kind'] => /^def(?:macro)?p?$/.test(name)

function readFunction(call: CallNode): FunctionDefinition | undefined {
  if (!isKind(call.name) || !call.args[0]) return undefined
  const [signature] = call.args
  const guarded = signature.kind === 'binary' && signature.operator === 'when' ? signature : undefined
  const head = guarded?.left ?? signature
  const named = nameAndPatterns(head)
  if (!named) return undefined
  const parts = sections(call)
  const body = parts.find((section) => section.label === 'do')?.body
  const clause = { patterns: named.patterns, body, sections: parts, call, span: call.span }
  return {
    name: named.name,
    arity: named.patterns.length,
    defaults: named.patterns.filter((pattern) => pattern.kind === 'binary' && pattern.operator === '\\\\').length,
    kind: call.name,
    clauses: [guarded ? { ...clause, guard: guarded.right } : clause],
  }
}

function nameAndPatterns(head: Node): { readonly name: string; readonly patterns: readonly Node[] } | undefined {
  if (head.kind === 'variable') return { name: head.name, patterns: [] }
  if (head.kind === 'call' && !head.target) return { name: head.name, patterns: head.args }
  if (head.kind === 'binary') return { name: head.operator, patterns: [head.left, head.right] }
  return undefined
}
