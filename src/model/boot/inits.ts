import { evaluateInit, type InitRun } from '../../languages/elixir/config/run.ts'
import { configAt } from '../../languages/elixir/evaluate/config-merge.ts'
import type { ConfigInput } from '../../languages/elixir/evaluate/input.ts'
import { keyword, list, type Value } from '../../languages/elixir/values/value.ts'
import type { Span } from '../../text/source.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import { definedEndpoints } from './endpoint.ts'

/** What `init/2` of an endpoint makes of its config. */
export interface EndpointInit extends InitRun {
  readonly name: string
}

/**
 * The config of the endpoints whose own `init/2` can be followed, as the applications see it after it
 * (Phoenix.Endpoint, "Dynamic configuration"). `inputFor` is what there is at the start for the code at a place.
 */
export function initsOf(
  code: Code,
  app: MixApp,
  config: Value,
  inputFor: (module: Span) => ConfigInput,
): readonly EndpointInit[] {
  return definedEndpoints(code, app).flatMap(({ name, otpApp, module }) => {
    const init = module.functions.find((one) => one.name === 'init' && one.arity === 2)
    const at = init?.clauses[0]?.call.span
    if (at === undefined) return []
    const own = configAt(config, [otpApp, `Elixir.${name}`]) ?? list([])
    const run = evaluateInit(inputFor(module.span), name, own, at)
    return run ? [{ ...run, name, config: keyword([[otpApp, keyword([[`Elixir.${name}`, run.config]])]]) }] : []
  })
}
