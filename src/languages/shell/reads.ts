import { forEachChild, type ParsedScript, type SyntaxNode } from 'unbash'
import type { Problem } from '../../text/diagnostic.ts'
import { problemOf } from './problem.ts'
import { type Region, regionOf } from './region.ts'
import type { VariableRead } from './types.ts'

/** What is read and what is wrong anywhere in a script, also in the branches and functions that do not run. */
export interface ShellReads {
  readonly reads: readonly VariableRead[]
  readonly problems: readonly Problem[]
}

const name = /^[A-Za-z_]\w*$/
const catching = new Set(['-', ':-', '=', ':=', '+', ':+', '?', ':?'])

/** Goes through the whole of a parsed script. */
export function surveyOf(script: ParsedScript, region: Region): ShellReads {
  const reads: VariableRead[] = []
  const problems: Problem[] = []

  const visit = (node: SyntaxNode, here: Region) => {
    if (node.type === 'Script') {
      for (const error of node.errors ?? []) problems.push(problemOf(here, error))
    } else if (node.type === 'SimpleExpansion') {
      add(node.text.slice(1), true, node, here)
    } else if (node.type === 'ParameterExpansion') {
      add(node.parameter, !catching.has(node.operation?.operator ?? ''), node, here)
    } else if (node.type === 'ArithmeticWord' && node.parts === undefined) {
      add(node.value, true, node, here)
    }
    forEachChild(node, (child) => visit(child, regionInside(child, node, here)))
  }
  const add = (read: string, bare: boolean, at: SyntaxNode, here: Region) => {
    if (name.test(read)) reads.push({ name: read, span: here.at(at.pos, at.end), bare })
  }

  visit(script, region)
  reads.sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end)
  return { reads, problems }
}

/** The region of a node below another: backquotes with escapes in them hold a text of their own. */
export function regionInside(child: SyntaxNode, parent: SyntaxNode, region: Region): Region {
  if (child.type !== 'Script' || child.source === undefined) return region
  return regionOf(child.source, region.at(parent.pos, parent.end))
}
