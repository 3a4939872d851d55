import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { Label } from '../../text/diagnostic.ts'
import type { Known, Unknown } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import type { World } from '../follow/frame.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { Service } from '../services/service.ts'
import type { Given } from '../shipping/given.ts'
import type { Step } from '../stage-files/step.ts'
import type { Release } from '../stage-files/types.ts'
import type { Build, BuiltStage } from '../stages/built-stage.ts'
import type { Environment } from './environment.ts'

/** One container: an image, alone or as a service of the compose file, before anything of the app is evaluated. */
export interface Container {
  /** The project around it. */
  readonly world: World
  readonly code: Code
  /** What the caller says of the environment. */
  readonly given: Given | undefined
  /** The service; undefined for the bare image. */
  readonly service: Service | undefined
  readonly dockerfile: Dockerfile | undefined
  readonly build: Build | undefined
  /** The stage whose files are the image. */
  readonly ships: BuiltStage | undefined
  /** The commands of the start as it is written that call what is not in the image. */
  readonly lost: readonly Step[]
  /** What the container executes at its start, as far as it can be followed. */
  readonly start: readonly Step[]
  /** The step that starts the app: the `start` of a release or `mix phx.server`. */
  readonly server: Step | undefined
  /** Whether a release or Mix runs the app. */
  readonly runs: 'release' | 'mix' | Unknown
  /** The release that is in the image; undefined where none is found. */
  readonly release: Release | undefined
  readonly app: MixApp | undefined
  readonly environment: Environment
  readonly health: readonly Probe[]
  /** What the lifecycle hooks of the service execute in the container. */
  readonly hooks: readonly Step[]
  /** Where it is declared: the service, or the FROM of the stage that ships. */
  readonly span: Span
}

/** What asks the container whether it is well: HEALTHCHECK, or the health check of the service. */
export interface Probe {
  readonly span: Span
  readonly steps: readonly Step[]
  /** The requests that it makes. */
  readonly requests: readonly ProbeRequest[]
  readonly via: readonly Label[]
  /** Whether the platform asks by it only if the container has to be started anew. */
  readonly isLiveness: boolean
}

export interface ProbeRequest {
  readonly host: string
  readonly port: Known<string>
  readonly path: string
  readonly span: Span
  readonly step: Step
}
