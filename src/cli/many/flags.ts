import type { Flag } from '../call/flags.ts'

/** How many projects are checked, and what is kept of it. */
export const manyFlags: readonly Flag[] = [
  { name: 'jobs', value: 'N', summary: 'threads that check projects (default: one a processor, where there are many)' },
  { name: 'shard', value: 'I/N', summary: 'check the Ith of N parts of the projects; each is in one' },
]
