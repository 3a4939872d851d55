import type { CallNode } from '../../languages/elixir/syntax/ast.ts'
import { calls, stringText } from '../../languages/elixir/syntax/query.ts'
import type { Label } from '../../text/diagnostic.ts'
import { sameSpan } from '../../text/source.ts'
import type { Code } from '../phoenix/code.ts'
import { type Boot, bootOf } from './boot.ts'
import type { Deployment } from './deployment.ts'
import { undecided } from './variables.ts'

/** How the app reads a variable when it starts or while it runs. */
export interface AppRead {
  readonly places: readonly Label[]
  /** Whether it is read when the app starts or later; else when the release is built. */
  readonly atStart: boolean
  /** It stops where the variable is not set. */
  readonly required: boolean
}

/** What the app of a deployment reads, by name. Empty where no config is in view. */
export function readsOf(deployment: Deployment): ReadonlyMap<string, AppRead> {
  const reads = new Map<string, AppRead>()
  const add = (name: string, label: Label, atStart: boolean, required: boolean) => {
    const known = reads.get(name) ?? { places: [], atStart: false, required: false }
    const places = known.places.some(({ span }) => sameSpan(span, label.span)) ? known.places : [...known.places, label]
    reads.set(name, { places, atStart: known.atStart || atStart, required: known.required || required })
  }
  for (const boot of [deployment.boot, withAllUndecided(deployment)]) {
    for (const { name, span, during, required, guards } of boot?.reads ?? []) {
      const atStart = during === 'boot' || deployment.runs === 'mix'
      const text = atStart ? `\`${name}\` is read here` : `\`${name}\` is read here, when the release is built`
      add(name, { span, text }, atStart, atStart && required && guards.length === 0)
    }
  }
  if (deployment.boot) {
    for (const { name, call } of readsInCode(deployment.code)) {
      add(name, { span: call.span, text: `\`${name}\` is read here` }, true, false)
    }
  }
  return reads
}

/**
 * The boot with everything unknown that is not given: a script that stops at the first missing variable does not show
 * what it would have read after it.
 */
function withAllUndecided(deployment: Deployment): Boot | undefined {
  if (deployment.boot === undefined) return undefined
  const { environment, server } = deployment
  return bootOf({
    ...deployment,
    given: undefined,
    environment: { ...environment, get: undecided(environment.get) },
    server: server && { ...server, env: undecided(server.env) },
  })
}

const readers = ['System.get_env', 'System.fetch_env', 'System.fetch_env!', ':os.getenv']

function readsInCode(code: Code): readonly { readonly name: string; readonly call: CallNode }[] {
  return code.files.flatMap((file) =>
    readers.flatMap((reader) =>
      calls(file, reader).flatMap((call) => {
        const [first] = call.args
        const name = first?.kind === 'charlist' ? undefined : stringText(first)
        return name === undefined ? [] : [{ name, call }]
      }),
    ),
  )
}
