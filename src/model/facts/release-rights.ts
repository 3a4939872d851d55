import { posix } from 'node:path'
import type { Span } from '../../text/source.ts'
import type { Deployment } from '../boot/deployment.ts'
import { locate } from '../stage-files/locate.ts'
import { below } from '../stage-files/paths.ts'
import type { Step } from '../stage-files/step.ts'
import { homeOf } from './release-home.ts'

/** What the user of a container starts and may not execute. */
export interface LockedProgram {
  /** Absolute in the image. */
  readonly path: string
  /** Its path in the project; undefined for the program of a release. */
  readonly script: string | undefined
  /** The mode that takes the right away, where it is written. */
  readonly mode: Span
  /** The user that runs it, as it is written. */
  readonly user: string
}

/** Who owns a file, and its mode; `undefined` for an owner who is not known. */
interface Rights {
  readonly owner: string | undefined
  readonly mode: number
  /** What gave it the mode. */
  readonly by: Span | undefined
}

/**
 * The script that a container starts with, or its release, where its user may not execute it and every change of its rights is
 * in view; `mix release` makes programs 755.
 */
export function lockedProgramOf(deployment: Deployment): LockedProgram | undefined {
  const { ships, release, service, start, hooks } = deployment
  const told = service?.user
  if (ships === undefined || (told && told.value.kind !== 'known')) return undefined
  const user = (told?.value.kind === 'known' ? told.value.value : ships.user?.text) ?? 'root'
  if (!/^[\w.-]+(:[\w.-]+)?$/.test(user)) return undefined
  const locked = (path: string, script?: string): LockedProgram | undefined => {
    if (service?.mounts.some(({ target }) => below(target, path) !== undefined)) return undefined
    const rights = rightsOf(path, deployment)
    return rights?.by && !mayExecute(rights, user.split(':')[0] ?? '')
      ? { path, script, mode: rights.by, user }
      : undefined
  }
  const first = start[0]?.shells[0]?.file
  const script = first?.direct && !first.isWritten ? locked(first.path, first.name) : undefined
  const home = homeOf(deployment)
  if (script || release === undefined || home === undefined || start.some(mayUnlock)) return script
  return [...start, ...hooks].length > 0 ? locked(posix.join(home, 'bin', release.name)) : undefined
}

/** What the stage that ships makes of the rights of a file; undefined where that is not known to its end. */
function rightsOf(path: string, { ships }: Deployment): Rights | undefined {
  if (ships === undefined) return undefined
  const { causes } = locate(ships.files, path)
  const { instructions } = ships.stage
  const at = instructions.findIndex((one) => one.span.start === causes[0]?.span.start && one.keyword === 'COPY')
  const copy = instructions[at]
  if (copy?.keyword !== 'COPY') return undefined
  const mode = copy.chmod ? changed(0o755, copy.chmod.text) : 0o755
  // Of what nobody may execute as it is copied, the file itself tells.
  if (mode === undefined || (copy.from === undefined && (mode & 0o111) === 0)) return undefined
  const owner = copy.chown ? copy.chown.text.split(':')[0] : 'root'
  let rights: Rights = { owner, mode, by: copy.chmod?.span }
  for (const step of ships.steps) {
    const isHere = step.span.source === copy.span.source
    if (isHere && step.span.start < copy.span.start) continue
    if (!mayUnlock(step)) continue
    const next = isHere && step.runs === 'always' && !step.mayFail ? changedBy(step, path, rights) : undefined
    if (next === undefined) return undefined
    rights = next
  }
  return rights
}

/** Whether a step may change the rights of files, or who runs what comes. */
const mayUnlock = ({ command, otherUser }: Step): boolean =>
  otherUser === true ||
  command.kind === 'unknown' ||
  (command.kind === 'program' &&
    /^(chmod|chown|chgrp|setfacl|install|find|xargs|rsync|cp|mv|setcap)$/.test(command.name))

/** The rights of a file after a `chmod` or `chown`; undefined where that is not known. */
function changedBy({ command, cwd, span: by, isAstray }: Step, path: string, rights: Rights): Rights | undefined {
  if (command.kind !== 'program' || !/^ch(mod|own)$/.test(command.name) || isAstray) return undefined
  const words = command.argv.slice(1)
  if (words.some((word) => word === undefined || /[$*?[{]|^--(?!recursive$)/.test(word))) return undefined
  const isOption = (word: string | undefined) => word === '--recursive' || /^-[Rvcfh]+$/.test(word ?? '')
  const recursive = words.some((word) => isOption(word) && /R|rec/.test(word ?? ''))
  const [change = '', ...paths] = words.filter((word) => !isOption(word)).map((word) => word ?? '')
  const touches = paths.some((one) => {
    const target = posix.resolve(cwd, one)
    return target === path || (recursive && below(target, path) !== undefined)
  })
  if (!touches) return rights
  if (command.name === 'chown') return { ...rights, owner: change.split(':')[0] || rights.owner }
  const mode = changed(rights.mode, change)
  return mode === undefined ? undefined : { ...rights, mode, by }
}

/** A mode after the change that `chmod` takes; undefined where it is none that we read. */
function changed(mode: number, change: string): number | undefined {
  if (/^[0-7]{3,4}$/.test(change)) return Number.parseInt(change, 8) & 0o777
  if (!/^[ugoa]*[-+=][rwxX]*(,[ugoa]*[-+=][rwxX]*)*$/.test(change)) return undefined
  return change.split(',').reduce((before, one) => {
    const [, who = '', how, what = ''] = /^([ugoa]*)([-+=])(.*)$/.exec(one) ?? []
    const classes = (/a|^$/.test(who) ? ['u', 'g', 'o'] : [...who]).map((name) => ({ u: 6, g: 3 })[name] ?? 0)
    const executes = what.includes('x') || (what.includes('X') && (before & 0o111) !== 0)
    const bits = (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (executes ? 1 : 0)
    const given = classes.reduce((sum, shift) => sum | (bits << shift), 0)
    const taken = classes.reduce((sum, shift) => sum | (7 << shift), 0)
    return how === '+' ? before | given : how === '-' ? before & ~given : (before & ~taken) | given
  }, mode)
}

/** Whether a user may execute a script of these rights, as far as that is sure: whose group it is counts for everybody. */
function mayExecute({ owner, mode }: Rights, user: string): boolean {
  if (/^(root|0)$/.test(user)) return (mode & 0o111) !== 0
  const grants = (shift: number) => ((mode >> shift) & 5) === 5
  const others = grants(3) || grants(0)
  const same = isSame(owner, user)
  return same === 'yes' ? grants(6) : same === 'no' ? others : grants(6) || others
}

/** Whether an owner is a user; a name and a number may be one, but for those of root. */
function isSame(owner: string | undefined, user: string): 'yes' | 'no' | 'unknown' {
  if (owner === undefined || !/^[\w.-]+$/.test(owner)) return 'unknown'
  if (owner === user) return 'yes'
  return /^\d+$/.test(owner) === /^\d+$/.test(user) || /^(root|0)$/.test(owner) ? 'no' : 'unknown'
}
