import { posix } from 'node:path'
import type { Tree } from '../../files/tree.ts'
import { expandKnown } from '../../languages/dockerfile/expand.ts'
import { isNoImageOfHub, misspeltStage, stageNamed } from '../../languages/dockerfile/stages.ts'
import type { CopyInstruction, Dockerfile, Stage } from '../../languages/dockerfile/types.ts'
import type { Span } from '../../text/source.ts'
import type { CopyScope } from '../stage-files/copy.ts'
import { isThere } from '../stage-files/folder.ts'
import { isMissing } from '../stage-files/missing.ts'
import type { BuiltStage } from './built-stage.ts'

/** The stage that a reference means; where it `dangles` it names none, nor an image of Docker Hub. */
export interface MeantStage {
  readonly stage: Stage | undefined
  readonly dangles: boolean
}

/** What `name` means in the stage `user`: a stage before it, what is nearest to that, or one of `built` that has the `path` which is wanted. */
export function stageMeant(
  dockerfile: Dockerfile,
  name: string,
  user: Stage,
  built: readonly BuiltStage[],
  path?: string,
): MeantStage {
  const named = stageNamed(dockerfile, name, user)
  if (named || !isNoImageOfHub(name)) return { stage: named, dangles: false }
  const holds = built.findLast((one) => path !== undefined && mayHold(one, posix.resolve('/', path)))
  return { stage: misspeltStage(dockerfile, name, user) ?? holds?.stage, dangles: true }
}

/** Whether a stage has something at a path, or a release may be meant that it should make. */
const mayHold = ({ files, cwd }: BuiltStage, path: string): boolean =>
  path !== '/' && (isThere(files, path) || (path.includes('/_build/') && path.startsWith(posix.join(cwd.path, '/'))))

/** The stage that a COPY without one means: it asks for a release that the stage has, and the context cannot have. */
export function stageForgotten(
  { keyword, from, sources: [word] }: CopyInstruction,
  scope: Pick<CopyScope, 'lookup' | 'escape' | 'context'>,
  tree: Tree,
  built: readonly BuiltStage[],
): { readonly stage: string; readonly path: string; readonly span: Span } | undefined {
  if (keyword !== 'COPY' || word === undefined || (from !== undefined && from.text !== '')) return undefined
  const written = expandKnown(word.text, scope.lookup, scope.escape)
  const path = written.kind === 'known' ? written.value.replace(/\/$/, '') : ''
  const folder = /^\/([\w.-]+)\/.*\/rel\/[\w.-]+$/.exec(path)?.[1]
  if (folder === undefined || !isMissing(posix.join(scope.context.root, folder), tree)) return undefined
  const holder = built.findLast(({ files }) => isThere(files, path))
  return holder && { stage: holder.stage.name ?? `${holder.stage.index}`, path, span: word.span }
}
