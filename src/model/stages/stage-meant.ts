import { posix } from 'node:path'
import { isNoImageOfHub, misspeltStage, stageNamed } from '../../languages/dockerfile/stages.ts'
import type { Dockerfile, Stage } from '../../languages/dockerfile/types.ts'
import { isThere } from '../stage-files/folder.ts'
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
