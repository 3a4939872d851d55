import type { Boot } from '../boot/boot.ts'
import type { Endpoint } from '../boot/endpoint.ts'

const names = /SERVER|SERVE|ENDPOINT|WEB|HTTP|START|LISTEN/i
const mostTrials = 6

/** The read of the variable that would make an endpoint listen if it were `true`; undefined where there is none. */
export function switchOf(boot: Boot, endpoint: Endpoint): Boot['reads'][number] | undefined {
  const candidates = boot.reads.filter(
    (read) => read.during === 'boot' && names.test(read.name) && read.value.kind !== 'known',
  )
  const turnsOn = (name: string) =>
    boot.given(name, 'true')?.endpoints.some((one) => one.name === endpoint.name && one.listens === 'yes') ?? false
  return candidates.slice(0, mostTrials).find((read) => turnsOn(read.name))
}
