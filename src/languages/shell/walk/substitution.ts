import { forEachChild, type Redirection, type SyntaxNode } from 'unbash'
import { regionInside } from '../reads.ts'
import type { Region } from '../region.ts'
import type { Redirect } from '../types.ts'
import { hereWord, readWord } from '../word.ts'
import { type Flow, subshell, type WalkedRun, type WalkedShell } from './flow.ts'
import { walkStatements } from './lists.ts'

/** Runs what stands in `$(…)`, backquotes, `<(…)` and `>(…)` of a node; `counts`: whether its failure is that of the node. */
export function walkSubstitutions(
  node: SyntaxNode,
  counts: boolean,
  flow: Flow,
  shell: WalkedShell,
  run: WalkedRun,
): void {
  if (node.type === 'Command') return
  forEachChild(node, (child) => {
    if (child.type !== 'Script') {
      walkSubstitutions(child, counts, flow, shell, run)
      return
    }
    const [inner, process] = subshell(flow, shell, run, counts && node.type === 'CommandExpansion')
    if (shell.bash && node.type === 'CommandExpansion') process.errexit = false
    const region = regionInside(child, node, flow.region)
    const own = { region, substitution: true, redirects: [], pipeline: undefined }
    walkStatements(child.commands, { ...inner, ...own }, process, run)
  })
}

/** Redirections with places in the source. */
export function redirectsOf(region: Region, redirections: readonly Redirection[]): readonly Redirect[] {
  return redirections.map((redirection): Redirect => {
    const { operator, descriptor } = redirection
    const here = redirection.type === 'HereDoc'
    const target = here ? hereWord(region, redirection) : redirection.target && readWord(region, redirection.target)
    return {
      operator,
      descriptor: descriptor?.type === 'FileDescriptor' ? descriptor.value : undefined,
      target,
      span: region.at(redirection.pos, redirection.end),
      body: here ? region.at(redirection.body.pos, redirection.body.end) : undefined,
    }
  })
}
