import type { Label, Problem, SyntaxProblem } from '../../text/diagnostic.ts'
import type { Source, Span } from '../../text/source.ts'
import type { EnvLookup } from '../dotenv/types.ts'
import type { ComposeInput, NotRead, VariableUse } from './types.ts'

/** What a run of Compose gathers besides its result. */
export interface Gathered {
  readonly input: ComposeInput
  readonly problems: SyntaxProblem[]
  /** Those of a compose file as a text, and not of what it names. */
  readonly damages: SyntaxProblem[]
  readonly warnings: Problem[]
  /** What is named and lies outside of what may be read. */
  readonly elsewhere: NotRead[]
  readonly variables: VariableUse[]
  readonly sources: Map<string, Source>
}

/** An environment for interpolation. */
export type LoadEnvironment = EnvLookup

/** Notes a problem at a place; gives undefined, for use where a value is expected. */
export function complain(gathered: Gathered, at: Span, message: string, related: readonly Label[] = []): undefined {
  gathered.problems.push({ language: 'compose', span: at, message, ...(related.length === 0 ? {} : { related }) })
}

/** As `complain`, of what is too much for us. */
export function giveUp(gathered: Gathered, at: Span, message: string): undefined {
  gathered.problems.push({ language: 'compose', span: at, message, bound: true })
}

/** The text at `path`, noted as one that had a part. */
export function readSource(gathered: Gathered, path: string): Source | undefined {
  const source = gathered.input.read(path)
  if (source) gathered.sources.set(source.path, source)
  return source
}

/** Whether a file or folder stands at `path`. */
export const isThere = ({ input }: Gathered, path: string): boolean =>
  (input.exists?.(path) ?? false) || input.read(path) !== undefined || isFolder(input, path)

/** Whether `path` lies outside of what may be read. */
export const isElsewhere = ({ input }: Gathered, path: string): boolean => input.isElsewhere?.(path) ?? false

/** Notes that a file which is named at a place is not read because it lies outside; gives undefined. */
export function leaveOut(gathered: Gathered, holds: NotRead['holds'], at: Span, what: string): undefined {
  gathered.elsewhere.push({ holds, span: at, message: `${what} lies outside of the project and is not read` })
}

/** Whether a folder stands at `path`. */
export const isFolder = (input: ComposeInput, path: string): boolean => input.isFolder?.(path) ?? false
