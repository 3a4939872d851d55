import type { Guard } from '../../languages/shell/types.ts'
import { type Unknown, unknown } from '../../text/known.ts'
import type { Folder } from '../stage-files/paths.ts'
import type { FrameShell } from './frame.ts'

/** Leaves the conditions that `guards` no longer hold: the folder is then known where all ways lead to the same. */
export function leaveDetours(shell: FrameShell, guards: readonly Guard[]): void {
  for (let last = shell.detours.at(-1); last; last = shell.detours.at(-1)) {
    if (last.guards.every((guard, index) => guards[index] === guard)) return
    const { cwd } = shell
    const outer = shell.detours.slice(0, -1)
    const branch = last.guards.findIndex((guard, index) => isOther(guard, guards[index]))
    if (branch === -1) {
      shell.detours = outer
      const same = cwd.path === last.cwd.path
      const doubt = cwd.doubt ?? last.cwd.doubt ?? (same ? undefined : conditional)
      shell.cwd = withDoubt(same ? cwd : last.before, doubt)
    } else {
      // What one branch did is where the shell is if not this one is taken.
      const differs = last.merged && cwd.path !== last.cwd.path
      const here = withDoubt(cwd, cwd.doubt ?? last.cwd.doubt ?? (differs ? conditional : undefined))
      shell.detours = [...outer, { ...last, guards: guards.slice(0, branch + 1), cwd: here, merged: true }]
      shell.cwd = last.before
    }
  }
}

const conditional = unknown('a condition decides in which folder the shell is')

const withDoubt = ({ path }: Folder, doubt: Unknown | undefined): Folder => (doubt ? { path, doubt } : { path })

/** Whether two conditions are those of two branches of one `if` or `case`. */
const isOther = (one: Guard, other: Guard | undefined): boolean =>
  other !== undefined &&
  (one.subject
    ? one !== other && one.subject === other.subject
    : one.span.start === other.span.start && one.negated !== other.negated)

/** Notes that a command below a condition has changed the folder of `shell`, which was at `cwd` before. */
export function enterDetour(shell: FrameShell, guards: readonly Guard[], cwd: Folder): void {
  const last = shell.detours.at(-1)
  const same = last?.guards.length === guards.length && last.guards.every((guard, index) => guard === guards[index])
  if (!same) shell.detours = [...shell.detours, { guards, cwd, before: cwd, merged: false }]
}
