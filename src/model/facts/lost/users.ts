import { nearest } from '../../../text/nearest.ts'
import { type Span, span } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Step } from '../../stage-files/step.ts'
import type { Build, BuiltStage } from '../../stages/built-stage.ts'
import { lineageOf } from '../../stages/mix-there.ts'
import { stagesBehind } from '../assets.ts'
import { isKnownImage } from './known-image.ts'

/** A user or a group that an image does not have. */
export interface LostUser {
  readonly what: 'user' | 'group'
  readonly name: string
  readonly span: Span
  /** Where a copy is given to nobody, BuildKit gives it to root (solver/llbsolver/file/user_linux.go). */
  readonly during: 'build' | 'copy' | 'start'
  /** One that it has. */
  readonly near: string | undefined
}

/** What Debian, Ubuntu and Alpine have (base-passwd; alpine-baselayout). */
const users =
  `root daemon bin sys sync games man lp mail news uucp proxy www-data backup list irc gnats _apt nobody ubuntu
  adm shutdown halt operator postmaster cron ftp sshd at squid xfs cyrus vpopmail ntp smmsp guest nobody node`.split(
    /\s+/,
  )
const groups =
  `${users.join(' ')} nogroup adm tty disk dialout fax voice cdrom floppy tape sudo audio dip src shadow utmp video
  sasl plugdev staff users wheel floppy kmem input usb netdev readproc ping`.split(/\s+/)

/** The users and groups that a deployment's build and start name, and that nothing in view has made. */
export function lostUsersOf(deployment: Deployment): readonly LostUser[] {
  const { build, ships, service } = deployment
  if (build === undefined || ships === undefined) return []
  const started = service?.user
  const atStart =
    started === undefined
      ? ships.user && [{ text: ships.user.text, span: ships.user.span, during: 'start' as const }]
      : started.value.kind === 'known' && [{ text: started.value.value, span: started.span, during: 'start' as const }]
  return [
    ...lostIn(ships, atStart || [], build),
    ...[...stagesBehind(ships)].flatMap((stage) => lostIn(stage, ownersIn(stage), build)),
  ]
}

interface WrittenUse {
  readonly text: string
  readonly span: Span
  readonly during: LostUser['during']
}

function lostIn(stage: BuiltStage, written: readonly WrittenUse[], build: Build): readonly LostUser[] {
  if (written.length === 0 || !isKnownImage(stage, build) || bringsUsers(stage)) return []
  const steps = lineageOf(stage).flatMap((one) => one.steps)
  const made = steps.filter(makes).flatMap(({ command }) => (command.kind === 'program' ? command.argv.slice(1) : []))
  if (steps.some(mayMake) || made.includes(undefined)) return []
  return written.flatMap(({ text, span: at, during }): readonly LostUser[] => {
    const [user = '', group] = text.split(':')
    const parts = [
      { what: 'user', name: user, from: 0, there: users },
      { what: 'group', name: group ?? '', from: user.length + 1, there: groups },
    ] as const
    return parts.flatMap(({ what, name, from, there }) => {
      if (!/^[a-z_][\w-]*$/.test(name) || there.includes(name)) return []
      if (steps.some((step) => mentions(step, name))) return []
      const words = made.flatMap((word) => (word !== undefined && /^[a-z_][\w-]*$/.test(word) ? [word] : []))
      const near = nearest(name, [...words, ...there], name.length < 4 ? 1 : 2)
      return [{ what, name, span: span(at.source, at.start + from, at.start + from + name.length), during, near }]
    })
  })
}

/** The owners that the COPY, ADD and `chown` of a stage name. */
function ownersIn({ stage, steps }: BuiltStage): readonly WrittenUse[] {
  const copied = stage.instructions.flatMap((one): readonly WrittenUse[] =>
    (one.keyword === 'COPY' || one.keyword === 'ADD') && one.chown
      ? [{ text: one.chown.text, span: one.chown.span, during: one.link ? 'build' : 'copy' }]
      : [],
  )
  const changed = steps.flatMap(({ command, runs, mayFail, span: at }) => {
    if (command.kind !== 'program' || command.name !== 'chown' || runs !== 'always' || mayFail) return []
    const owner = command.argv.slice(1).find((arg) => !arg?.startsWith('-'))
    const offset = owner === undefined ? -1 : at.source.text.slice(at.start, at.end).indexOf(` ${owner}`)
    return owner === undefined || offset < 0
      ? []
      : [{ text: owner, span: span(at.source, at.start + offset + 1, at.start + offset + 1 + owner.length) }]
  })
  return [...copied, ...changed.map(({ text, span: at }) => ({ text, span: at, during: 'build' as const }))]
}

const makers = /^(useradd|adduser|addgroup|groupadd|usermod|groupmod|newusers|dscl|pw)$/

const makes = ({ command }: Step): boolean => command.kind === 'program' && makers.test(command.name)

/** Whether a step may make users that it does not name. */
const mayMake = ({ command }: Step): boolean =>
  command.kind === 'unknown' ||
  (command.kind === 'program' && /\.sh$|^(ba|da|a)?sh$|^(ansible|nix|newusers)/.test(command.name))

/** Whether a step but one that only asks for a user speaks of it: it makes it, or installs a package that does. */
const mentions = ({ command }: Step, name: string): boolean =>
  command.kind === 'program' &&
  !/^(chown|chgrp|su|gosu|su-exec|setpriv|install|cp|mkdir|cd)$/.test(command.name) &&
  command.argv.some((arg) => arg === undefined || arg.includes(name))

/** Whether a list of users is copied or written. */
const bringsUsers = (stage: BuiltStage): boolean =>
  lineageOf(stage).some(({ files }) =>
    files.writes.some(
      (write) =>
        write.kind !== 'removed' && (/^\/(etc(\/(passwd|group).*)?)?$/.test(write.target) || write.target === '/'),
    ),
  )
