import { posix } from 'node:path'
import type { ComposeService } from '../../languages/compose/service-types.ts'
import type { ComposeProject } from '../../languages/compose/types.ts'
import type { ServiceMount } from './service.ts'

/** Where the secrets and configs of a service lie in its container: by Compose, a secret under its name in `/run/secrets`, a config at the root. */
export const filesOf = ({ secrets, configs }: ComposeService): readonly string[] => [
  ...secrets.map(({ source, target }) => posix.resolve('/run/secrets', target ?? source)),
  ...configs.map(({ source, target }) => posix.resolve('/', target ?? source)),
]

/** The volumes of a service, and what lies in memory. */
export function mountsOf({ volumes, tmpfs }: ComposeService, project: ComposeProject): readonly ServiceMount[] {
  const isPlain = (name: string) => project.volumes.get(name)?.isPlain === true
  const inMemory = tmpfs.flatMap(({ value, span }) =>
    value.kind === 'known' ? [{ target: value.value.split(':')[0] ?? '', span }] : [],
  )
  return [
    ...volumes.map(({ target, type, source, span }) => ({
      target,
      type,
      isBind: type === 'bind',
      isNew: type === 'volume' && (source === undefined || isPlain(source)),
      from: source,
      span,
    })),
    ...inMemory.map((one) => ({ ...one, type: 'tmpfs', isBind: false, isNew: false, from: undefined })),
  ]
}
