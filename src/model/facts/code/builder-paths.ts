import { posix } from 'node:path'
import { aliasName } from '../../../languages/elixir/syntax/aliases.ts'
import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { atomName, childrenOf, stringText } from '../../../languages/elixir/syntax/query.ts'
import type { Span } from '../../../text/source.ts'
import type { Code } from '../../phoenix/code.ts'
import { type RunTimeFunction, runTimeFunctions, walkRunTime } from './run-time-functions.ts'

/** A path of the machine that compiles, or below the folder that a program is started in, which a function uses when it runs. */
export interface BuilderPath {
  readonly span: Span
  /**
   * `relative`: `priv/…`, below the folder of the start; `project`: the same below that of the Mix project. `source`: the
   * folder of the source. `app`: that of the compiled app.
   */
  readonly kind: 'relative' | KeptPath['kind']
  /** The path as it is written, of one below a folder. */
  readonly path: string
  /** The function that uses an attribute; undefined where the path stands in a function itself. */
  readonly usedBy: Span | undefined
}

/** What an attribute keeps, as `BuilderPath` has it. */
interface KeptPath {
  readonly kind: 'project' | 'source' | 'app'
  readonly path: string
}

/** Functions that make a path of paths. */
const joining =
  /^(Path\.(join|expand|absname|dirname|relative_to|rootname)|to_string|List\.to_string|String\.Chars\.to_string|:filename\.join|Kernel\.to_string)$/

/** What gives the folder of an app as it is compiled, or its `priv`. */
export const ofApp = /^(Application|:application)\.app_dir$|^:code\.(priv_dir|lib_dir)$/

/** What stands where a function writes such a path: `priv` alone, be it with an escape. */
const writing = /(?<!\w)priv(?!\w)|__DIR__|\\[pixu]/

/** The words without which no attribute keeps a path. */
const keeping = /__DIR__|app_dir|priv_dir|lib_dir|expand/

/** Functions that read or write at a path, or look for one. */
const opening =
  /^(File\.(?!cwd)\w+[!?]?|Path\.(join|expand|wildcard|absname)|EEx\.(eval_file|compile_file)|Code\.(eval_file|require_file|compile_file)|:file\.\w+|(Plug\.Conn\.)?send_file|(Phoenix\.Controller\.)?send_download)$/

/** The paths of the builder that the functions of an app use when they run. */
export function builderPathsIn(code: Code): readonly BuilderPath[] {
  const inFunctions = runTimeFunctions(code, writing).flatMap((one) => pathsOf(one))
  const functions = runTimeFunctions(code, keeping)
  const inAttributes = [...new Set(functions.map(({ module }) => module))].flatMap((module) => {
    const own = functions.filter((one) => one.module === module)
    return module.attributes.flatMap((attribute): readonly BuilderPath[] => {
      const kept = attribute.value && keptIn(attribute.value, module)
      const usedBy = kept && useOf(attribute.name, own)
      return kept && usedBy ? [{ ...kept, span: attribute.span, usedBy }] : []
    })
  })
  return [...inAttributes, ...inFunctions]
}

/** What a function writes itself: a path below `priv`, or `__DIR__`. */
function pathsOf({ module, nodes }: RunTimeFunction): readonly BuilderPath[] {
  const found: BuilderPath[] = []
  const piped = new Set<Node>()
  let makesFolder = false
  walkRunTime(nodes, (node) => {
    if (node.kind === 'call' && /^File\.mkdir/.test(nameOf(node, module))) makesFolder = true
    if (node.kind === 'variable' && node.name === '__DIR__')
      found.push({ span: node.span, kind: 'source', path: '', usedBy: undefined })
    const isPipe = node.kind === 'binary' && node.operator === '|>'
    const call = isPipe ? node.right : node
    if (call.kind !== 'call') return true
    if (isPipe) piped.add(call)
    const name = nameOf(call, module)
    if (ofApp.test(name)) return false
    if (!opening.test(name)) return true
    // Only the first of several paths that are joined says where they begin.
    const args = isPipe ? [node.left] : !/^Path\./.test(name) ? call.args : piped.has(call) ? [] : call.args.slice(0, 1)
    for (const arg of args) {
      const path = stringText(arg) ?? textBefore(arg, { module, nodes })
      if (path !== undefined && /^(\.\/)?priv(\/|$)/.test(path))
        found.push({ span: arg.span, kind: 'relative', path: posix.normalize(path), usedBy: undefined })
    }
    return true
  })
  // What makes its folder first finds it wherever it is.
  return found.filter(({ kind }) => kind !== 'relative' || !makesFolder)
}

/** The folder that a path begins with, as far as it is written: by way of attributes and of variables of the function. */
function textBefore(node: Node, around: Pick<RunTimeFunction, 'module' | 'nodes'>, depth = 0): string | undefined {
  if (depth > 9) return undefined
  const before = (one: Node | undefined) => one && (stringText(one) ?? textBefore(one, around, depth + 1))
  if (node.kind === 'binary') return node.operator === '<>' ? folderOf(before(node.left)) : undefined
  if (node.kind === 'attribute' && node.value === undefined) return before(attributeValue(node, around.module))
  if (node.kind === 'variable') return before(boundTo(node, around.nodes))
  const [first] = node.kind === 'string' ? node.parts : []
  return first?.kind === 'text'
    ? folderOf(first.text)
    : first?.kind === 'interpolation'
      ? before(first.value)
      : undefined
}

/** The folder of a path that goes on with something that is not known. */
const folderOf = (text: string | undefined): string | undefined => text && posix.dirname(`${text}x`)

/** What a variable is bound to in a function, where that is done once. */
function boundTo(
  { name, span: at }: { readonly name: string; readonly span: Span },
  nodes: readonly Node[],
): Node | undefined {
  const found: Node[] = []
  walkRunTime(nodes, (node) => {
    const isBound = node.kind === 'binary' && node.operator === '=' && node.left.kind === 'variable'
    if (isBound && node.left.kind === 'variable' && node.left.name === name) found.push(node.right)
    return true
  })
  const [only, more] = found
  return only && more === undefined && only.span.end < at.start ? only : undefined
}

/** What an attribute holds where it is asked for. */
const attributeValue = (
  { name, span: at }: { readonly name: string; readonly span: Span },
  module: ModuleDefinition,
): Node | undefined => module.attributes.findLast((one) => one.name === name && one.span.start < at.start)?.value

/** Whose path a value is that the compiler evaluates; undefined where it is no path, but what was read there. */
function keptIn(node: Node, module: ModuleDefinition, depth = 0): KeptPath | undefined {
  if (depth > 9) return undefined
  const inside = (nodes: readonly Node[]) =>
    nodes.map((one) => keptIn(one, module, depth + 1)).find((kept) => kept !== undefined)
  if (node.kind === 'variable') return node.name === '__DIR__' ? { kind: 'source', path: '' } : undefined
  if (node.kind === 'attribute' && node.value === undefined) {
    const value = attributeValue(node, module)
    return value && keptIn(value, module, depth + 1)
  }
  if (node.kind === 'string' || node.kind === 'list') return inside(childrenOf(node))
  if (node.kind === 'binary') {
    if (node.operator === '<>') return inside([node.left, node.right])
    return node.operator === '|>' && node.right.kind === 'call' && joining.test(nameOf(node.right, module))
      ? inside([node.left, ...node.right.args])
      : undefined
  }
  if (node.kind !== 'call') return undefined
  const name = nameOf(node, module)
  if (ofApp.test(name)) return { kind: 'app', path: '' }
  if (!joining.test(name)) return undefined
  const only = name === 'Path.expand' && node.args.length === 1 ? stringText(node.args[0]) : undefined
  return only !== undefined && !/^[/~]/.test(only) ? { kind: 'project', path: only } : inside(node.args)
}

function useOf(attribute: string, functions: readonly RunTimeFunction[]): Span | undefined {
  let found: Span | undefined
  for (const { nodes } of functions)
    walkRunTime(nodes, (node) => {
      if (node.kind === 'attribute' && node.name === attribute && node.value === undefined) found ??= node.span
    })
  return found
}

/** A call as it is resolved: `File.read!`, `:code.priv_dir`, `send_file`. */
export function nameOf({ target, name }: CallNode, module: ModuleDefinition): string {
  if (target === undefined) return name
  const atom = atomName(target)
  return `${atom === undefined ? aliasName(target, module.aliases, module.name) : `:${atom}`}.${name}`
}
