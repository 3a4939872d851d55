import type { FileEntry, SavedImage } from '../../files/image/types.ts'
import type { SyntaxProblem } from '../../text/diagnostic.ts'
import type { Source } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import type { Project } from '../project/project.ts'
import type { Step } from '../stage-files/step.ts'
import type { HistorySecret } from './history.ts'
import type { ImageRelease } from './release.ts'

/** A built image, as far as a rule may know it. */
export interface Image {
  readonly saved: SavedImage
  /** The model that the rules for sources ask, made of what the image holds: one deployment, no code, no build. */
  readonly project: Project
  readonly deployment: Deployment
  /** The release that the image starts, else the first that lies in it; undefined where there is none. */
  readonly release: ImageRelease | undefined
  readonly releases: readonly ImageRelease[]
  /** The config as a Dockerfile. */
  readonly config: Source
  readonly history: Source
  readonly historySecrets: readonly HistorySecret[]
  /** What a container does that calls a script of the image. */
  readonly stepsOf: (script: FileEntry) => readonly Step[]
  readonly problems: readonly SyntaxProblem[]
}
