import type { Flag } from './flags.ts'

/** The flags of every command that reads `.docker-gotchas.yaml`. */
export const settingsFlags: readonly Flag[] = [
  { name: 'config', short: 'c', value: 'FILE', summary: 'the settings (default: .docker-gotchas.yaml, here or above)' },
  { name: 'no-config', summary: 'read no settings' },
]
