import type { Flag } from './flags.ts'

/** The flag of every command that reads compose files. */
export const outsideFlag: Flag = {
  name: 'allow-outside',
  summary: 'read what compose files name outside of the project; nothing of it is printed',
}
