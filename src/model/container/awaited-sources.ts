import { posix } from 'node:path'
import { locate } from '../stage-files/locate.ts'
import type { StageFiles } from '../stage-files/types.ts'
import type { Container } from './container.ts'

/** Where the code of a Mix project lies. */
const codeFolders = ['lib', 'apps', 'web']

/**
 * Whether Mix is to run an app of whose code the image surely holds nothing, so that whoever starts it mounts the sources:
 * only single files of the context are copied, such as mix.exs, or a service mounts something over the folder.
 */
export function awaitsSources({ server, ships, service }: Pick<Container, 'server' | 'ships' | 'service'>): boolean {
  if (server?.command.kind !== 'mix' || ships === undefined) return false
  const { cwd } = server
  const at = (name: string) => locate(ships.files, posix.join(cwd, name)).origin.kind
  const isMounted = service?.mounts.some(({ target }) => cwd.startsWith(target)) === true
  return (
    (isMounted || at('mix.exs') === 'context') &&
    codeFolders.every((name) => at(name) === 'absent') &&
    !mayBringCode(ships.files)
  )
}

const mayBringCode = ({ writes, base }: StageFiles): boolean =>
  writes.some(
    (write) =>
      write.kind === 'copy' &&
      (write.from.in !== 'context' ||
        write.from.context.typeOf(write.from.path) !== 'file' ||
        write.from.path.endsWith('.ex')),
  ) ||
  (base !== undefined && mayBringCode(base))
