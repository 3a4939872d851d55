import type { Guard } from '../../languages/shell/types.ts'
import type { Shell } from './frame.ts'

/** Leaves the conditions that `guards` no longer hold: the folder is then known where all ways lead to the same. */
export function leaveDetours(shell: Shell, guards: readonly Guard[]): void {
  for (let last = shell.detours.at(-1); last; last = shell.detours.at(-1)) {
    if (last.guards.every((guard, index) => guards[index] === guard)) return
    const { cwd, cwdKnown } = shell
    const outer = shell.detours.slice(0, -1)
    const branch = last.guards.findIndex((guard, index) => isOther(guard, guards[index]))
    if (branch === -1) {
      shell.detours = outer
      const same = cwd === last.cwd
      shell.cwdKnown = cwdKnown && last.cwdKnown && same
      shell.cwd = same ? cwd : last.before
    } else {
      // What one branch did is where the shell is if not this one is taken.
      const sure = cwdKnown && last.cwdKnown && (!last.merged || cwd === last.cwd)
      const other = { ...last, guards: guards.slice(0, branch + 1), cwd, cwdKnown: sure, merged: true }
      shell.detours = [...outer, other]
      shell.cwdKnown = last.knownBefore
      shell.cwd = last.before
    }
  }
}

/** Whether two conditions are those of two branches of one `if` or `case`. */
const isOther = (one: Guard, other: Guard | undefined): boolean =>
  other !== undefined &&
  (one.subject
    ? one !== other && one.subject === other.subject
    : one.span.start === other.span.start && one.negated !== other.negated)

/** Notes that a command below a condition has changed the folder of `shell`, which was at `cwd` before. */
export function enterDetour(shell: Shell, guards: readonly Guard[], cwd: string, cwdKnown: boolean): void {
  const last = shell.detours.at(-1)
  const same = last?.guards.length === guards.length && last.guards.every((guard, index) => guard === guards[index])
  if (!same)
    shell.detours = [...shell.detours, { guards, cwd, cwdKnown, before: cwd, knownBefore: cwdKnown, merged: false }]
}
