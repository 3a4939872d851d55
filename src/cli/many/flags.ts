import type { Flag } from '../call/flags.ts'

/** How many projects are checked, and what is kept of it. */
export const manyFlags: readonly Flag[] = [
  {
    name: 'jobs',
    value: 'N',
    summary: 'threads that check projects (default: as many as the work is worth, at most 3)',
  },
  { name: 'shard', value: 'I/N', summary: 'check the Ith of N parts of the projects; each is in one' },
  { name: 'cache', value: 'FOLDER', summary: 'keep what was found in FOLDER, for projects that have not changed' },
  { name: 'no-cache', summary: 'take and keep nothing, whatever --cache says' },
  { name: 'stats', summary: 'say where the time went: on standard error, and in the summary of JSON' },
]
