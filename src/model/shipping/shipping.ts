import type { Known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'

/** What the user says of production. It goes before what the names of files say. */
export interface Shipping {
  /** What the file at a path of the tree is for; undefined where nothing is said of it. */
  readonly purposeOf: (path: string) => 'production' | 'development' | undefined
  /** The services that ship; all of them where this is empty. */
  readonly services: readonly string[]
  /** The stage that ships, of Dockerfiles that have one of this name and for which nobody else names a target. */
  readonly target: string | undefined
  /** Variables that the platform gives to every container at its start. */
  readonly provided: ReadonlyMap<string, Known<string>>
  /** The path that the platform asks of a container without a health check, and where that is written. */
  readonly health: { readonly path: string; readonly span: Span } | undefined
}
