import type { CallNode, Node } from '../../../languages/elixir/syntax/ast.ts'
import { walk } from '../../../languages/elixir/syntax/query.ts'
import { type Span, textOf } from '../../../text/source.ts'
import { type Code, functionOf } from '../../phoenix/code.ts'
import { bodiesOf } from '../../phoenix/run-time.ts'
import { nameOf, ofApp } from './builder-paths.ts'
import { type RunTimeFunction, runTimeFunctions, walkRunTime } from './run-time-functions.ts'

/** Which argument of a function names what is written. */
const targets: Readonly<Record<string, number>> = {
  'File.write': 0,
  'File.touch': 0,
  'File.cp': 1,
  'File.cp_r': 1,
  'File.copy': 1,
  'File.rename': 1,
  'File.ln_s': 1,
}

/** A call that writes below the folder of an application. */
export interface OwnWrite {
  readonly span: Span
  /** Whether what it writes can be had again: its function, module or path speaks of a cache. */
  readonly isCache: boolean
}

const caches = /cache|download|te?mp/i

/** The calls of the functions of an app that write below the folder of an application, which lies in the release. */
export function writesIntoRelease(code: Code): readonly OwnWrite[] {
  return runTimeFunctions(code, /app_dir|priv_dir|lib_dir/).flatMap((one) => {
    const found: OwnWrite[] = []
    walkRunTime(one.nodes, (node) => {
      const piped =
        node.kind === 'binary' && node.operator === '|>' && node.right.kind === 'call' ? node.right : undefined
      const call = piped ?? (node.kind === 'call' ? node : undefined)
      const target = call && targetOf(call, piped && node.kind === 'binary' ? node.left : undefined, one)
      if (!call || !target || !isInRelease(target, one, 0) || found.some(({ span }) => span === call.nameSpan)) return
      const words = `${one.module.name}.${one.definition.name} ${textOf(target.span)}`
      found.push({ span: call.nameSpan, isCache: caches.test(words) })
    })
    return found
  })
}

function targetOf(call: CallNode, piped: Node | undefined, { module }: RunTimeFunction): Node | undefined {
  const index = targets[nameOf(call, module).replace(/!$/, '')]
  return index === undefined ? undefined : (piped ? [piped, ...call.args] : call.args)[index]
}

/** Whether a path is made of the folder of an application: itself, by a variable, or by a function of the module. */
function isInRelease(node: Node, one: RunTimeFunction, depth: number): boolean {
  let is = false
  walk(node, (inner) => {
    if (is || depth > 3) return false
    if (inner.kind === 'call' && ofApp.test(nameOf(inner, one.module))) is = true
    const name = inner.kind === 'variable' || (inner.kind === 'call' && !inner.target) ? inner.name : undefined
    const own = name === undefined ? undefined : functionOf(one.module, name)
    if (own && own !== one.definition) is ||= bodiesOf(own).some((body) => isInRelease(body, one, depth + 1))
    else if (inner.kind === 'variable')
      is ||= valuesOf(inner.name, one).some((value) => isInRelease(value, one, depth + 1))
    return !is
  })
  return is
}

function valuesOf(variable: string, { nodes }: RunTimeFunction): readonly Node[] {
  const found: Node[] = []
  walk(nodes, (node) => {
    if (node.kind !== 'binary' || node.operator !== '=') return
    if (node.left.kind === 'variable' && node.left.name === variable) found.push(node.right)
  })
  return found
}

/** Processes of libraries that write into the folder of their application. */
const writers = ['Tz.UpdatePeriodically']

/** The processes of libraries that an app starts and that write into the release. */
export function startedWriters(code: Code): readonly { readonly name: string; readonly span: Span }[] {
  return runTimeFunctions(code, /UpdatePeriodically/).flatMap(({ module, nodes }) => {
    const found: { readonly name: string; readonly span: Span }[] = []
    walkRunTime(nodes, (node) => {
      const name = node.kind === 'alias' ? node.segments.join('.') : ''
      const full = module.aliases.get(name.split('.')[0] ?? '')
      const named = full === undefined ? name : name.replace(/^\w+/, full)
      if (writers.includes(named)) found.push({ name: named, span: node.span })
    })
    return found
  })
}
