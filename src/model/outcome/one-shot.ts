import type { Boot } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { migrates } from '../stage-files/migrating.ts'
import { runsCode, type Step } from '../stage-files/step.ts'
import type { Abort, KeyAbort } from './aborts.ts'

/** What a container does that serves nothing on purpose: it calls a function of the release, or a task of Mix, and ends. */
export interface OneShot {
  /** As a predicate: `migrates and ends`. */
  readonly text: string
  /** Whether it only asks a node that runs already: it evaluates no config of its own. */
  readonly isRemote: boolean
}

/** What a container does once; undefined where it starts the app, or something that cannot be followed to its end. */
export function oneShotOf({ start, server }: Deployment): OneShot | undefined {
  const last = start.findLast((step) => !isAside(step))
  if (server !== undefined || last === undefined || !isCall(last)) return undefined
  const calls = start.filter(isCall)
  if (start.some(({ command }) => command.kind === 'unknown')) return undefined
  const isRemote = calls.every(({ command }) => command.kind === 'release' && asksNode.test(command.command))
  const where = isRemote ? ' in a node that runs already' : ''
  return { text: `${calls.some(migrates) ? 'migrates' : `calls ${calledBy(last)}`}${where} and ends`, isRemote }
}

/** What may stop it: not what only the endpoint would refuse, which it does not start. */
export const stopsOnce = (
  aborts: readonly (Abort | KeyAbort)[],
  { isRemote }: OneShot,
  { endpoints }: Boot,
): readonly Abort[] =>
  aborts.filter(
    (abort) => !isRemote && !('path' in abort && endpoints.some(({ name }) => abort.path[1] === `Elixir.${name}`)),
  )

/** The commands of a release that ask a node, and evaluate no config (the script that `mix release` writes). */
const asksNode = /^(rpc|remote|restart|stop|pid|version)$/

/** Whether a step does a thing and ends, such as `bin/app eval`, `bin/migrate` or `mix ecto.migrate`. */
const isCall = (step: Step): boolean =>
  step.command.kind === 'release'
    ? runsCode(step.command.command) || asksNode.test(step.command.command) || migrates(step)
    : step.command.kind === 'mix' || migrates(step)

/** What changes nothing about how a start ends. */
const isAside = ({ command }: Step): boolean =>
  command.kind === 'program' && /^(echo|printf|exit|true|cd|date|set|export|touch|rm|>)$/.test(command.name)

function calledBy({ command }: Step): string {
  if (command.kind === 'mix') return `\`mix ${command.task}\``
  const code = command.kind === 'release' ? command.args.join(' ').trim() : ''
  return code === '' || code.length > longestCode ? 'a function of the release' : `\`${code.replaceAll('`', "'")}\``
}

const longestCode = 60
