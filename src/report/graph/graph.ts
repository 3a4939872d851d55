import type { Certainty, Gotcha, Severity } from '../../text/diagnostic.ts'

/**
 * The whole chain of a project as plain data: what is built from what, what each step leaves behind, which findings
 * stand where, and what each container gets. Every text in it can be shown: secrets are masked and control characters
 * are made visible.
 */
export interface Graph {
  readonly builds: readonly GraphBuild[]
  readonly stages: readonly GraphStage[]
  readonly steps: readonly GraphStep[]
  readonly edges: readonly GraphEdge[]
  readonly containers: readonly GraphContainer[]
  /** By path and place. */
  readonly findings: readonly GraphFinding[]
  /** What could not be seen, in sentences. */
  readonly notes: readonly string[]
}

/** A line of a file. */
export interface GraphPlace {
  readonly file: string
  /** One-based. */
  readonly line: number
}

/** One way in which a Dockerfile is built. */
export interface GraphBuild {
  readonly file: string
  readonly context: {
    /** The folder that is sent to Docker. */
    readonly root: string
    /** Files in view that are sent. */
    readonly files: number
    /** Files in view that .dockerignore keeps back. */
    readonly ignored: number
  }
}

export interface GraphStage extends GraphPlace {
  /** Its number over all builds; that of Docker in the first. */
  readonly index: number
  /** The index of its build. */
  readonly build: number
  readonly name: string | null
  /** What stands after FROM, with its variables filled in where they are known. */
  readonly base: string
  /** The index of the stage that it starts from; null where that is an image. */
  readonly from: number | null
  /** Whether it is the image that runs. */
  readonly ships: boolean
}

/** What a step may be: `mix` and `release` are commands of these programs, `run` is any other command, the rest are instructions. */
export type StepKind =
  | 'from'
  | 'copy'
  | 'add'
  | 'run'
  | 'mix'
  | 'release'
  | 'unknown'
  | 'env'
  | 'arg'
  | 'workdir'
  | 'user'
  | 'shell'
  | 'entrypoint'
  | 'cmd'
  | 'healthcheck'
  | 'onbuild'
  | 'other'

/** The three ways through the build that people ask for. */
export const ways = ['assets', 'secrets', 'release'] as const
export type Way = (typeof ways)[number]

export interface GraphStep extends GraphPlace {
  readonly id: number
  readonly stage: number
  /** The id of the first step of the same instruction. */
  readonly instruction: number
  /** The instruction as it is written, on one line. */
  readonly written: string
  readonly command: string
  readonly kind: StepKind
  readonly effects: readonly GraphEffect[]
  /** `maybe` where a condition decides. */
  readonly runs: 'always' | 'maybe'
  /** How the chain gets to it from the instruction: scripts and aliases, outermost first. */
  readonly via: readonly string[]
  /** Where its words stand: the Dockerfile or a script. */
  readonly at: GraphPlace
  readonly ways: readonly Way[]
  /** Indices of the findings that stand at it. */
  readonly findings: readonly number[]
}

/** One change of the files of the stage, at `path` and below. */
export interface GraphEffect {
  readonly kind: 'bundle' | 'digest' | 'release' | 'packages' | 'compiled' | 'files' | 'copy' | 'removed' | 'unknown'
  readonly path: string
}

/** `from` and `to` are ids of steps. `way` is what the arrow carries. */
export interface GraphEdge {
  readonly from: number
  readonly to: number
  readonly kind: 'next' | 'base' | 'copy' | 'mount'
  readonly way: Way | null
}

/** A service of the compose file, or the bare image. */
export interface GraphContainer extends GraphPlace {
  /** The name of the service; null for the bare image. */
  readonly name: string | null
  readonly image: string | null
  /** The index of the stage that it runs; null where that is an image from elsewhere. */
  readonly stage: number | null
  readonly variables: readonly GraphVariable[]
  /** What it executes at its start, in order. */
  readonly start: readonly GraphCommand[]
  /** What asks it whether it is well. */
  readonly health: readonly GraphCommand[]
  readonly ports: readonly string[]
  /** Names of the services that it waits for. */
  readonly needs: readonly string[]
  /** Indices of the findings that stand at none of its parts. */
  readonly findings: readonly number[]
}

export interface GraphVariable extends GraphPlace {
  readonly name: string
  /** Null where it is not known, and where it is not set; masked where it is secret. */
  readonly value: string | null
  readonly state: 'set' | 'unset' | 'unknown'
  readonly secret: boolean
  readonly findings: readonly number[]
}

export interface GraphCommand extends GraphPlace {
  readonly command: string
  readonly kind: StepKind
  readonly findings: readonly number[]
}

export interface GraphFinding extends GraphPlace {
  readonly rule: string
  readonly gotcha: Gotcha
  readonly severity: Severity
  readonly certainty: Certainty
  readonly message: string
  /** What happens in production; empty where nothing more is to be said. */
  readonly why: string
  /** What to do: the fixes that can be written, else a sentence. */
  readonly todo: readonly string[]
  readonly column: number
  /** The trail, in reading order. */
  readonly related: readonly (GraphPlace & { readonly text: string })[]
}

/** How a graph is drawn. */
export interface DrawOptions {
  /** Whether to use the colours of a terminal. */
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** What the project is called. */
  readonly title: string
}
