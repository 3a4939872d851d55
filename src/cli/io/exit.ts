/** What the process ends with: the same for every command and format. */
export const exit = {
  clean: 0,
  /** There are findings at or above the threshold. */
  findings: 1,
  /** The call is wrong. */
  usage: 2,
  /** We failed: a rule threw, a file could not be read. */
  failure: 3,
} as const

export type ExitCode = (typeof exit)[keyof typeof exit]
