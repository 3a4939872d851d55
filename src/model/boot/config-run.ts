import type { ConfigInput, ConfigWrite, EnvironmentRead, ScriptCrash } from '../../languages/elixir/machine.ts'
import type { Value } from '../../languages/elixir/value.ts'
export interface ConfigRun { readonly config: Value; readonly crashes: readonly ScriptCrash[]; readonly reads: readonly EnvironmentRead[]; readonly writes: readonly ConfigWrite[] }
export function evaluateConfig(_input: ConfigInput): ConfigRun | undefined { return undefined }
