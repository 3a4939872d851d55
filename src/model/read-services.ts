import type { Tree } from '../files/tree.ts'
import type { Problem } from '../text/diagnostic.ts'
import type { Span } from '../text/source.ts'
import type { ReadOptions } from './read.ts'
import type { Service } from './service.ts'

/** What Compose is told on its command line. */
export interface ComposeChoice {
  readonly files?: readonly string[]
  readonly envFiles?: readonly string[]
  readonly profiles?: readonly string[]
  readonly projectDirectory?: string
}

/** The services of a compose project. */
export interface ServicesReading {
  readonly services: readonly Service[]
  readonly problems: readonly Problem[]
  readonly secrets: readonly Span[]
  readonly notes: readonly string[]
}

/** Reads the compose project of the tree, if there is one. */
export function readServices(_tree: Tree, _options: ReadOptions): ServicesReading {
  return { services: [], problems: [], secrets: [], notes: [] }
}
