import { posix } from 'node:path'
import { nearest } from '../../../text/nearest.ts'
import type { Boot } from '../../boot/boot.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { startReads } from '../boots.ts'
import type { BootStop } from '../crashes.ts'

/** A file of `/run/secrets` that the start reads, and whose secret the service does not ask for. */
export interface LostSecret {
  readonly path: string
  readonly name: string
  /** The secret of the service that may be meant. */
  readonly near: string | undefined
  /** The read of the variable that names the file; undefined where the script itself does. */
  readonly read: Boot['reads'][number] | undefined
}

/** The secret for want of which a boot stops; undefined where it stops for another reason. */
export function lostSecretOf({ crash }: BootStop, deployment: Deployment): LostSecret | undefined {
  const { boot, service } = deployment
  const path = /"(\/run\/secrets\/[^"]+)"/.exec(crash.error.message)?.[1]
  if (crash.error.type !== 'File.Error' || path === undefined || boot === undefined || !service?.files) return undefined
  const names = service.files.map((file) => posix.basename(file))
  const read = startReads(deployment, boot).find(({ value }) => value.kind === 'known' && value.value === path)
  return { path, name: posix.basename(path), near: nearest(posix.basename(path), names, 2), read }
}
