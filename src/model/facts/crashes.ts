import { oncePer } from '../../text/once.ts'
import type { Boot, BootRead } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { given, startReads } from './boots.ts'

/** How the boot of a deployment surely stops in its runtime.exs. */
export interface BootStop {
  readonly crash: Boot['crashes'][number]
  /** The variable whose value, or whose absence, is the reason: with another one the boot goes on. */
  readonly culprit: Culprit | undefined
}

export interface Culprit {
  readonly read: BootRead
  /** Values with which the boot goes on; undefined is that of a variable that is not set. */
  readonly works: readonly (string | undefined)[]
}

/** Values of which a script takes at least one for what it expects; undefined is that of a variable that is not set. */
export const trials = [undefined, '4711', 'info', 'true', 'docker-gotchas.test', 'https://docker-gotchas.test/a', 'a b']

/** The certain stop of a boot; undefined where it goes on, or may. */
export const stopOf = oncePer((deployment: Deployment): BootStop | undefined => {
  const { boot } = deployment
  if (boot?.runtime?.outcome.kind !== 'crash') return undefined
  const crash = boot.crashes.find((one) => one.during === 'boot' && one.certainty === 'certain')
  return crash && { crash, culprit: culpritOf(deployment, boot) }
})

/** Whether an exception is one that scripts raise where a variable is missing. */
export const isOfMissing = (exception: string): boolean =>
  exception === 'System.EnvError' || exception === 'RuntimeError'

/** Whether the script stops because something that it requires is not set: of that, `required-env-missing` tells. */
export const isMissing = ({ reads }: Boot, { error }: Boot['crashes'][number]): boolean =>
  isOfMissing(error.type) &&
  reads.some((read) => read.during === 'boot' && read.required && read.value.kind === 'unset')

function culpritOf(deployment: Deployment, boot: Boot): Culprit | undefined {
  for (const read of startReads(deployment, boot).toReversed()) {
    if (read.value.kind === 'unknown') continue
    const own = read.value.kind === 'known' ? read.value.value : undefined
    const works = trials.filter(
      (trial) => trial !== own && given(boot, read.name, trial)?.runtime?.outcome.kind === 'ok',
    )
    if (works.length > 0) return { read, works }
  }
  return undefined
}

/** Whether the culprit is a log level that the script does not take: `info` would be one, other words are not. */
export const isLevel = ({ culprit }: BootStop): boolean =>
  culprit?.works.includes('info') === true && !culprit.works.includes('a b') && /LEVEL|LOG/.test(culprit.read.name)
