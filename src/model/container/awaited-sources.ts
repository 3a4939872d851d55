import { posix } from 'node:path'
import { locate } from '../stage-files/locate.ts'
import type { StageFiles } from '../stage-files/types.ts'
import type { Container } from './container.ts'

/** Where the code of a Mix project lies. */
const codeFolders = ['lib', 'apps', 'web']

/** Whether Mix is to run an app of whose code the image surely holds nothing, so that whoever starts it mounts the sources. */
export function awaitsSources({ server, ships }: Pick<Container, 'server' | 'ships'>): boolean {
  if (server?.command.kind !== 'mix' || ships === undefined) return false
  const { files } = ships
  return (
    codeFolders.every((name) => locate(files, posix.join(server.cwd, name)).origin.kind === 'absent') &&
    !bringsCode(files)
  )
}

/** Whether a copy brings code of Elixir from the context, wherever to; what is copied from elsewhere may do so. */
const bringsCode = ({ writes, base }: StageFiles): boolean =>
  writes.some((write) => {
    if (write.kind !== 'copy') return false
    const { from } = write
    return from.in === 'context' ? from.context.filesUnder(from.path).some((path) => path.endsWith('.ex')) : true
  }) ||
  (base !== undefined && bringsCode(base))
