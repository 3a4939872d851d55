import type { ParsedScript } from 'unbash'
import type { Region } from '../region.ts'
import type { Positional } from '../types.ts'
import type { Flow, WalkedRun } from './flow.ts'
import { walkStatements } from './lists.ts'

/** How the shell of a script is when it starts. */
export interface Beginning {
  readonly errexit: boolean
  readonly pipefail: boolean
  readonly bash: boolean
  readonly positional: Positional | undefined
}

/** Runs a whole script; what it runs is in `run` afterwards. */
export function runScript(script: ParsedScript, region: Region, run: WalkedRun, beginning: Beginning): void {
  const flow: Flow = {
    region,
    status: true,
    abort: true,
    returns: true,
    suppressed: false,
    maybe: false,
    guards: [],
    scope: [],
    pipeline: undefined,
    background: false,
    substitution: false,
    condition: false,
    loop: false,
    calls: [],
    redirects: [],
    afterFailure: false,
  }
  walkStatements(script.commands, flow, { ...beginning, escapes: [], functions: new Map() }, run)
}
