import { type Analysis, judge, readTree } from '../../../src/analyze.ts'
import type { Tree } from '../../../src/files/tree.ts'
import { hasDatabase } from '../../../src/model/facts/health/requests.ts'
import { bootOutcome, surelyFail } from '../../../src/model/outcome/outcome.ts'
import { fails } from '../../../src/settings/policy.ts'
import type { Diagnostic } from '../../../src/text/diagnostic.ts'

/** What `lint` says of a project, and whether `boot` says that it surely fails. */
export interface Verdict extends Pick<Analysis, 'diagnostics' | 'failures'> {
  readonly surelyFails: () => boolean
  /** Without one the rules about health checks and migrations have nothing to say. */
  readonly hasDatabase: boolean
  /** Whether anything runs the app; else `lint` says that nothing was checked. */
  readonly deploys: boolean
}

/** What `lint` and `boot` say of a project. */
export async function verdictOf(tree: Tree): Promise<Verdict> {
  const reading = await readTree(tree)
  const { deployments } = reading.project
  const { diagnostics, failures } = judge(reading)
  const surelyFails = () => surelyFail(deployments.flatMap((one) => bootOutcome(one) ?? []))
  const hasRepo = hasDatabase(reading.project)
  return { diagnostics, failures, surelyFails, hasDatabase: hasRepo, deploys: deployments.length > 0 }
}

/** Whether `boot` exits 1 and `lint` exits 0. */
export const isWronglyClear = ({ diagnostics, surelyFails }: Verdict): boolean =>
  !diagnostics.some((one) => fails(one, 'warning')) && surelyFails()

/**
 * Throws where a change of the file at `path` takes away a finding that has nothing to do with that file. What can no more
 * be read or evaluated, and is said to be so, proves nothing.
 */
export function checkKept(before: Verdict, after: Verdict, path: string): void {
  if (!after.deploys) return
  const isAbout = ({ span, related, message }: Diagnostic) =>
    message.includes(`\`${path}\``) ||
    [span, ...related.map((label) => label.span)].some(({ source }) => source.path === path)
  if (after.diagnostics.some((one) => (stops.test(one.rule) || isWithoutProject(one)) && isAbout(one))) return
  const isOfDatabase = ({ gotcha }: Diagnostic) => /^(health|migrations)$/.test(gotcha)
  // Who the app runs as is a matter of what starts it.
  const isOfStart = ({ rule }: Diagnostic) => rule === 'runs-as-root' && /(^|\/)bin\/[^/]+$|\.sh$/.test(path)
  const other = before.diagnostics.filter(
    (one) => !isAbout(one) && !isOfStart(one) && (after.hasDatabase || !isOfDatabase(one)),
  )
  const lost = other.find((one) => !after.diagnostics.some((found) => isSame(one, found)))
  if (lost) throw new Error(`a change of ${path} takes away ${lost.rule}: ${lost.message}`)
}

const stops =
  /-syntax$|^(build-config-broken|config-refused|runtime-config-broken|runtime-config-not-shipped|no-such-(app|function|module))$/

/** Without mix.exs in the build there is neither config nor code of which anything holds. */
const isWithoutProject = ({ rule, message }: Diagnostic): boolean =>
  rule === 'no-such-command' && message.includes('/mix.exs`')

const isSame = (one: Diagnostic, other: Diagnostic): boolean =>
  one.gotcha === other.gotcha && one.span.source.path === other.span.source.path && one.span.start === other.span.start
