import { textOf } from '../../../text/source.ts'
import { migrates } from '../../stage-files/migrating.ts'
import type { Step } from '../../stage-files/step.ts'

/** Programs whose only purpose is to wait until something listens. */
const waiter =
  /(^|[\s/"'])(wait[-_]?for[-_\w]*(\.\w+)?|wait4\w+|docker-compose-wait|\/wait|dockerize\W[^\n]*-wait|wait-port|while-nc)(?=[\s"']|$)/

/** Programs that ask once whether a database takes connections. */
const asker =
  /(^|[\s/"'(!])(pg_isready|mysqladmin\s[^\n]*ping|mariadb-admin\s[^\n]*ping|nc\s[^\n]*-\w*z|ncat|psql|mysql|mariadb|curl|\/dev\/tcp\/|cqlsh|mongosh?)/

/**
 * The place of the first of the steps of a start that waits until the service `name` takes connections, of those that
 * may, or that asks for it again and again; -1 where none does. `others` are the services that are not meant.
 */
export const firstWait = (start: readonly Step[], name: string, others: readonly string[]): number =>
  start.findIndex((step) => {
    const words = [step, ...step.via].map(({ span }) => textOf(span)).join(' ')
    const mentions = (one: string) => new RegExp(`(^|[^\\w.-])${one.replace(/\W/g, '\\$&')}([^\\w.-]|$)`).test(words)
    if (!mentions(name) && others.some(mentions)) return false
    return waiter.test(words) || (isInLoop(step) && (asker.test(lineFrom(step)) || migrates(step)))
  })

/** What is written from a step to the end of its line, with what is redirected. */
const lineFrom = ({ span: { source, start } }: Step): string => source.text.slice(start).split('\n', 1)[0] ?? ''

/** Whether a step is tried again and again: in a loop, or in the condition of one, as in `until pg_isready; do sleep 1; done`. */
function isInLoop({ span, via, guards }: Step): boolean {
  if (guards.some(({ kind }) => kind === 'while' || kind === 'until' || kind === 'for')) return true
  return [span, ...via.map((label) => label.span)].some(({ source, start }) =>
    /\b(until|while|for)\b(?![\s\S]*\bdone\b)/.test(source.text.slice(0, start)),
  )
}
