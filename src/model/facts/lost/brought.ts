import { posix } from 'node:path'
import type { Deployment } from '../../boot/deployment.ts'
import { below } from '../../stage-files/paths.ts'
import type { Step } from '../../stage-files/step.ts'
import type { Build, BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf } from '../../stages/mix-there.ts'

/** Whether the service of a deployment mounts something at a path, or above it. */
export const isMounted = (path: string, { service }: Deployment): boolean =>
  service?.mounts.some(({ target }) => below(posix.normalize(target), path) !== undefined) ?? false

/** Whether an earlier step may have made it: one that cannot be followed, or that names it or its folder. */
export function isDoubtful(path: string, earlier: readonly Step[]): boolean {
  const name = posix.basename(path)
  const folder = posix.dirname(path)
  const words = [name, ...(folder.split('/').length > 2 ? [folder] : [])]
  // `python3 -m venv /opt/tools` makes all that is below.
  const isAbove = (arg: string, cwd: string) => {
    const at = posix.resolve(cwd, arg)
    return at.split('/').length > 2 && below(at, path) !== undefined
  }
  return earlier.some(({ command, lost, cwd }) => {
    if (lost) return false
    if (command.kind === 'unknown') return true
    if (command.kind !== 'program' || command.name === 'rm') return false
    return (
      command.argv.some((arg) => arg === undefined || words.some((word) => arg.includes(word))) ||
      (!makesNothing.test(command.name) && command.argv.slice(1).some((arg) => arg && isAbove(arg, cwd))) ||
      brings.test(command.name)
    )
  })
}

/** Programs that make no files in a folder that they are given. */
const makesNothing = /^(mkdir|rmdir|chmod|chown|chgrp|ls|cat|echo|printf|test|\[|find|du|stat|touch)$/

/** Programs that bring files under names that nobody writes out. */
const brings = /^(git|unzip|tar|rsync|svn|hg|asdf|mise|nix|dpkg|make|cargo|go|pip3?|bundle|gem)$/

/** Whether a COPY brings the file wherever its folder of the context has it, as for what git ignores. */
export const isOnAnotherMachine = (path: string, stage: BuiltStage): boolean =>
  lineageOf(stage).some(({ files }) =>
    files.writes.some((write) => {
      const rest = write.kind === 'copy' ? below(write.target, path) : undefined
      if (rest === undefined || write.kind !== 'copy' || write.from.in !== 'context') return false
      const { context } = write.from
      const at = posix.join(write.from.path, rest)
      return context.typeOf(at) === undefined && context.missing(at) === undefined
    }),
  )

/** Whether a COPY brings the file from a stage whose steps may have made it: `curl -o "/out/$name" …`. */
export const mayBeMadeElsewhere = (path: string, stage: BuiltStage, { stages }: Build): boolean =>
  lineageOf(stage).some(({ files }) =>
    files.writes.some((write) => {
      const rest = write.kind === 'copy' ? below(write.target, path) : undefined
      if (rest === undefined || write.kind !== 'copy' || write.from.in !== 'stage') return false
      const { files: source, path: folder } = write.from
      const made = stages.find((one) => one.files === source)
      const steps = made ? lineageOf(made).flatMap((one) => one.steps) : []
      return isDoubtful(posix.join(folder, rest), steps)
    }),
  )
