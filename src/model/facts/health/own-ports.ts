import type { Value } from '../../../languages/elixir/values/value.ts'
import type { Label } from '../../../text/diagnostic.ts'
import { type Known, known, unknown, unset } from '../../../text/known.ts'
import type { Boot } from '../../boot/boot.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Project } from '../../project/project.ts'
import { allBootsOf, behindStops, given, openReads, readsIn } from '../boots.ts'

/** The ports of all endpoints that may listen, or of those that would if their server were on; unset where there is none. */
export function portsOf(read: Boot | undefined): Known<readonly string[]> {
  const boot = read && (behindStops(read) ?? read)
  if (boot === undefined || boot.endpoints.length === 0) return unset()
  if (boot.doubt !== undefined) return unknown(boot.doubt)
  const listening = boot.endpoints.filter(({ listens }) => listens !== 'no')
  const ports: string[] = []
  const trail: Label[] = []
  for (const endpoint of listening.length > 0 ? listening : boot.endpoints) {
    for (const scheme of ['http', 'https']) {
      const options = endpoint.at(scheme)
      if (options === undefined || isOff(options)) continue
      const port = endpoint.at(scheme, 'port')
      if (port?.kind === 'integer') ports.push(String(port.value))
      else if (port?.kind === 'binary') ports.push(port.text)
      else return unknown(`a port of \`${endpoint.name}\` is not known`)
      trail.push(...(port.trail ?? []))
    }
  }
  return known(ports, trail)
}

const isOff = (value: Value) => value.kind === 'absent' || (value.kind === 'atom' && /^(nil|false)$/.test(value.name))

/**
 * The ports on which a bare image listens where nobody sets the variables that decide them, and their names; undefined where
 * none decides, or something in view may set one.
 */
export function portsByDefault(project: Project, deployment: Deployment) {
  const booted = allBootsOf(project).find((one) => one.deployment === deployment)
  if (booted === undefined || deployment.service) return undefined
  const open = openReads(booted)
  const values = booted.boot.endpoints.flatMap(({ at }) => ['http', 'https'].map((scheme) => at(scheme, 'port')))
  const names = [...new Set(values.flatMap((value) => readsIn(value, open).map(({ name }) => name)))]
  const boot = names.reduce<Boot | undefined>((one, name) => one && given(one, name, undefined), booted.boot)
  const ports = portsOf(boot)
  return names.length > 0 && ports.kind === 'known' ? { names, ports } : undefined
}
