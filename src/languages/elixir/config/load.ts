import type { Source, Span } from '../../../text/source.ts'
import { checkScript } from '../compile/check.ts'
import { evaluate, isPast } from '../evaluate/evaluate.ts'
import type { Machine, Scope } from '../evaluate/machine.ts'
import type { Node } from '../syntax/ast.ts'
import { parseElixir } from '../syntax/parse.ts'
import { walk } from '../syntax/query.ts'
import { ElixirError } from '../values/types.ts'
import { nil, type Value } from '../values/value.ts'

/** That a script which is loaded or imported is not there. */
export const noScript = (path: string, span?: Span): ElixirError =>
  new ElixirError({
    kind: 'error',
    type: 'File.Error',
    message: `could not read file "${path}": no such file or directory`,
    cause: { kind: 'no-file', path },
    fields: {},
    ...(span ? { span } : {}),
  })

/** Evaluates another file, with a scope of its own. Its config goes where this one's goes. */
export function loadScript(path: string, scope: Scope, span: Span): Value {
  const { machine } = scope
  const file = machine.input.file(path)
  if (file.kind !== 'known') throw noScript(path, span)
  return runScript(file.value, path, machine)
}

/** Checks a file as Elixir's compiler does, then evaluates it. Gives the value of its last expression. */
export function runScript(source: Source, path: string, machine: Machine): Value {
  const file = parseElixir(source)
  mention(file.body, machine)
  const scope: Scope = {
    machine,
    source,
    path,
    variables: new Map(),
    aliases: new Map(),
    imports: [],
    required: new Set(),
  }
  try {
    checkScript(file, scope)
  } catch (error) {
    if (!isPast(error, machine)) throw error
  }
  machine.loading.push(path)
  try {
    let result: Value = nil
    for (const node of file.body) result = evaluate(node, scope)
    return result
  } finally {
    machine.loading.pop()
  }
}

function mention(nodes: readonly Node[], machine: Machine): void {
  walk(nodes, (node) => {
    if (node.kind === 'atom') machine.atoms.add(node.name)
    if (node.kind === 'alias') machine.atoms.add(`Elixir.${node.segments.join('.')}`)
    if (node.kind === 'variable' || node.kind === 'call') machine.atoms.add(node.name)
  })
}
