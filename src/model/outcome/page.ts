import type { Value } from '../../languages/elixir/values/value.ts'
import type { Known, Maybe } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { WhyPath } from '../boot/why.ts'
import type { Abort } from './aborts.ts'
import type { ContractVariable } from './contract.ts'
import { type BootFact, factsOf } from './facts.ts'
import type { Listener } from './listener.ts'
import type { BootOutcome } from './outcome.ts'

/** What one container does when it starts, as plain data. */
export interface BootPage {
  /** Null for the image alone. */
  readonly name: string | null
  readonly span: Span
  /** The path of its Dockerfile; undefined where there is none. */
  readonly dockerfile: string | undefined
  readonly facts: readonly BootFact[]
  readonly variables: readonly ContractVariable[]
  readonly verdict: BootOutcome['verdict']
  /** Whether it serves nothing on purpose, and ends. */
  readonly ends: boolean
  readonly crash: Pick<Abort, 'message' | 'span'> | undefined
  readonly listens: Maybe
  readonly listeners: Known<readonly Listener[]>
  readonly url: Known<string>
  readonly staticManifest: Maybe
  readonly logLevel: Known<string>
  /** The config as the applications see it; undefined where the scripts do not come to their end. */
  readonly config: Value | undefined
  /** The version of Elixir by whose ways values are written. */
  readonly elixir: string
}

/** What a deployment does when it starts, as plain data. */
export const bootPage = (outcome: BootOutcome): BootPage => ({
  name: outcome.deployment.service?.name ?? null,
  span: outcome.deployment.span,
  dockerfile: outcome.deployment.dockerfile?.source.path,
  facts: factsOf(outcome),
  variables: outcome.variables,
  verdict: outcome.verdict,
  ends: outcome.ends !== undefined,
  crash: outcome.crash && { message: outcome.crash.message, span: outcome.crash.span },
  listens: outcome.listens,
  listeners: outcome.listeners,
  url: outcome.url,
  staticManifest: outcome.staticManifest,
  logLevel: outcome.logLevel,
  config: outcome.config,
  elixir: outcome.boot.versions.elixir,
})

/** What one container says of a key of its config. */
export interface WhyAnswer {
  readonly page: Pick<BootPage, 'name' | 'elixir'>
  readonly paths: readonly WhyPath[]
}
