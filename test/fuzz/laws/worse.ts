import { judge, readTree } from '../../../src/analyze.ts'
import { discover } from '../../../src/files/discover.ts'
import { memoryHost } from '../../../src/files/memory.ts'
import { bootOutcome } from '../../../src/model/outcome/outcome.ts'
import type { Diagnostic } from '../../../src/text/diagnostic.ts'
import type { Texts } from '../../../src/text/example.ts'

/** What is said of a project, and whether the release of a service, else of an image, surely does not listen. */
export interface Verdict {
  readonly diagnostics: readonly Diagnostic[]
  readonly listens: boolean
  /** Whether anything runs the app; else `lint` says that nothing was checked. */
  readonly deploys: boolean
}

/** What `lint` and `boot` say of a project. */
export async function verdictOf(texts: Texts): Promise<Verdict> {
  const reading = await readTree(await discover(memoryHost(texts)))
  const { deployments } = reading.project
  const services = deployments.filter(({ service }) => service !== undefined)
  const outcomes = (services.length > 0 ? services : deployments).flatMap((one) => bootOutcome(one) ?? [])
  const listens = outcomes.every(({ verdict, listens: own }) => verdict !== 'crashes' && own !== 'no')
  return { diagnostics: judge(reading).diagnostics, listens, deploys: deployments.length > 0 }
}

/** Throws where `boot` fails and `lint` does not. */
export function checkAllClear({ diagnostics, listens }: Verdict): void {
  if (!listens && diagnostics.every(({ severity }) => severity === 'info'))
    throw new Error('`boot` exits 1 and `lint` exits 0')
}

/**
 * Throws where a change of the file at `path` takes away a finding that has nothing to do with that file. What can no more
 * be read or evaluated, and is said to be so, proves nothing.
 */
export function checkKept(before: Verdict, after: Verdict, path: string): void {
  if (!after.deploys) return
  if (after.diagnostics.some(({ rule, span }) => stops.test(rule) && span.source.path === path)) return
  const other = before.diagnostics.filter(({ span, related }) =>
    [span, ...related.map((label) => label.span)].every(({ source }) => source.path !== path),
  )
  const lost = other.find((one) => !after.diagnostics.some((found) => isSame(one, found)))
  if (lost) throw new Error(`a change of ${path} takes away ${lost.rule}: ${lost.message}`)
}

const stops = /-syntax$|^(build-config-broken|runtime-config-broken|required-env-missing|config-refused)$/

const isSame = (one: Diagnostic, other: Diagnostic): boolean =>
  one.rule === other.rule && one.span.source.path === other.span.source.path && one.span.start === other.span.start
