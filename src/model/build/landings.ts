import { posix } from 'node:path'
import { below, type Cause, locate, type Place, type StageFiles } from './files.ts'

/** A file of the build context that lies in a stage, or in a layer of it below one that removes it. */
export interface Landing {
  /** Absolute in the stage. */
  readonly target: string
  /** In the tree. */
  readonly file: string
  /** Whether the tree holds the file; where the context is not in view a name that COPY writes out stands for it. */
  readonly seen: boolean
  /** What brought it there: the last first. */
  readonly causes: readonly Cause[]
}

type Copied = Extract<Place, { in: 'context' }>

/** Every file of the context that satisfies `wanted` and is in a layer of `files`. */
export function landingsIn(
  files: StageFiles,
  wanted: (path: string) => boolean,
  seen: ReadonlySet<StageFiles> = new Set(),
): readonly Landing[] {
  if (seen.has(files)) return []
  const visited = new Set([...seen, files])
  const own = files.writes.flatMap((write): readonly Landing[] => {
    if (write.kind !== 'copy' || write.until !== undefined) return []
    if (write.from.in === 'context') {
      return filesOf(write.from, wanted).map(({ path, rest, there }) => {
        return { target: posix.join(write.target, rest), file: path, seen: there, causes: [write.cause] }
      })
    }
    if (write.from.in !== 'stage' || write.from.files === files) return []
    const { files: other, path, before } = write.from
    return landingsIn(other, wanted, visited).flatMap((landing): readonly Landing[] => {
      const rest = below(path, landing.target)
      const { origin } = locate(other, landing.target, before)
      if (rest === undefined || origin.kind !== 'context' || origin.path !== landing.file) return []
      return [{ ...landing, target: posix.join(write.target, rest), causes: [write.cause, ...landing.causes] }]
    })
  })
  return [...(files.base ? landingsIn(files.base, wanted, visited) : []), ...own]
}

function filesOf({ context, path }: Copied, wanted: (path: string) => boolean) {
  if (context.typeOf(path) === 'unseen') return wanted(path) ? [{ path, rest: '', there: false }] : []
  return context.filesUnder(path).flatMap((file) => {
    const rest = path === '' ? file : below(path, file)
    return rest !== undefined && wanted(file) ? [{ path: file, rest, there: true }] : []
  })
}
