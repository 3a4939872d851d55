import type { Flag } from './flags.ts'
import { outsideFlag } from './outside.ts'

/** The flags of every command that reads a compose project, as `docker compose` has them. */
export const composeFlags: readonly Flag[] = [
  { name: 'file', short: 'f', value: 'FILE', many: true, summary: 'a compose file, as `docker compose -f`' },
  { name: 'env-file', value: 'FILE', many: true, summary: 'as `docker compose --env-file`' },
  { name: 'profile', value: 'NAME', many: true, summary: 'as `docker compose --profile`' },
  { name: 'project-directory', value: 'PATH', summary: 'as `docker compose --project-directory`' },
  outsideFlag,
]
