import type { Tree } from '../../files/tree.ts'
import type { Dockerfile } from '../../languages/dockerfile/types.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import type { Span } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Code } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'
import type { ImageBuild } from '../services/image-build.ts'
import type { Service } from '../services/service.ts'
import type { Shipping } from '../shipping/shipping.ts'
import type { Build } from '../stages/built-stage.ts'
import { spentBuilds } from './limits.ts'
import { type LeftOut, leftOutNote } from './targets.ts'

/** Everything that a rule may know. */
export interface Project {
  readonly tree: Tree
  readonly dockerfiles: readonly Dockerfile[]
  /** The builds of the Dockerfiles that are for production, each target and set of build arguments once. */
  readonly builds: readonly Build[]
  readonly services: readonly Service[]
  /** The builds of images for production that workflows call for. */
  readonly imageBuilds: readonly ImageBuild[]
  readonly apps: readonly MixApp[]
  /** The Elixir files by path. */
  readonly elixir: ReadonlyMap<string, ElixirFile>
  readonly code: Code
  /** What runs the app in production; empty where only development is in view. */
  readonly deployments: readonly Deployment[]
  /** What could run the app and is not looked at, and why. */
  readonly leftOut: readonly LeftOut[]
  /** Of that, what runs Mix for development only because nobody sets MIX_ENV. */
  readonly withoutMixEnv: readonly Deployment[]
  /** What was taken where others could have been, in sentences. */
  readonly choices: readonly string[]
  /** Where something is too much to be followed to its end, in sentences. */
  readonly limits: readonly string[]
  /** What the user says of production. */
  readonly shipping: Shipping | undefined
  /** Ranges whose text must not leave the tool. */
  readonly secrets: readonly Span[]
}

/** What of a project was taken and what is not looked at, and why, in sentences. */
export const notesOf = ({ leftOut, choices, limits, builds }: Project): readonly string[] => [
  ...choices,
  ...leftOut.filter(({ isOther }) => !isOther).map(leftOutNote),
  ...limits,
  ...spentBuilds(builds),
]
