import { posix } from 'node:path'
import { nearest } from '../../../text/nearest.ts'
import { textOf } from '../../../text/source.ts'
import type { Boot } from '../../boot/boot.ts'
import type { Deployment } from '../../boot/deployment.ts'
import { isSecretOfNobody } from '../../boot/script-files.ts'
import type { Step } from '../../stage-files/step.ts'
import { startReads } from '../boots.ts'
import type { BootStop } from '../crashes.ts'

/** A file of `/run/secrets` that the start reads, and whose secret the service does not ask for. */
export interface LostSecret {
  readonly path: string
  readonly name: string
  /** The secret of the service that may be meant. */
  readonly near: string | undefined
  /** The read of the variable that names the file; undefined where the script itself does. */
  readonly read: Boot['reads'][number] | undefined
}

/** The secret for want of which a boot stops; undefined where it stops for another reason. */
export function lostSecretOf({ crash }: BootStop, deployment: Deployment): LostSecret | undefined {
  const { boot, service } = deployment
  const { type, fields } = crash.error
  const file = type === 'File.Error' ? fields.path : undefined
  if (file?.kind !== 'binary' || !file.text.startsWith('/run/secrets/') || !boot || !service?.files) return undefined
  const path = file.text
  const names = service.files.map((file) => posix.basename(file))
  const read = startReads(deployment, boot).find(({ value }) => value.kind === 'known' && value.value === path)
  return { path, name: posix.basename(path), near: nearest(posix.basename(path), names, 2), read }
}

/** A file of `/run/secrets` that a script of the start reads, and whose secret the service does not ask for. */
export interface SecretOfScript {
  readonly path: string
  readonly near: string | undefined
  readonly step: Step
  /** Whether the script does not stop there: the exit status of `export KEY="$(…)"` is that of `export`. */
  readonly goesOn: boolean
}

/** Those that are read whatever happens, and without anything that stands in for them. */
export function secretsOfScripts({ start, service }: Deployment): readonly SecretOfScript[] {
  const names = service?.files?.map((file) => posix.basename(file)) ?? []
  return start.flatMap((step) => {
    const { command, runs, guards, lost, span: at } = step
    if (runs !== 'always' || guards.length > 0 || command.kind !== 'program') return []
    const behind = /^[^\n]*/.exec(at.source.text.slice(at.end))?.[0] ?? ''
    const named = command.name === 'cat' ? command.argv[1] : undefined
    const isAssignment = /^(export|local|declare|readonly|typeset)$/.test(command.name)
    const input = (isAssignment ? substituted : redirected).exec(textOf(step.written ?? at) + behind)?.[1]
    const read = lost?.what === 'file' ? lost.name : (named ?? input)
    if (read === undefined || !isSecretOfNobody(read, service) || /\|\||2>/.test(behind)) return []
    return [{ path: read, near: nearest(posix.basename(read), names, 2), step, goesOn: step.mayFail || isAssignment }]
  })
}

/** `read -r KEY < FILE` */
const redirected = /^[^;|&<$]*(?<!<)<\s*["']?(\/[\w./-]+)["']?/
/** `export KEY="$(< FILE)"` */
const substituted = /\$\(\s*<\s*["']?(\/[\w./-]+)["']?\s*\)/
