import type { Analysis } from '../../../src/analyze.ts'
import { fails } from '../../../src/settings/policy.ts'
import type { Diagnostic } from '../../../src/text/diagnostic.ts'
import { isBroken } from '../../../src/text/order.ts'

const keyOf = ({ rule, span }: Diagnostic): string => `${rule} in ${span.source.path}`

/**
 * Damage proves nothing: a file that can no longer be read is told of once and first, and brings up no error of another
 * rule. Gives whether the file at `path` is damaged at all.
 */
export function checkDamaged(before: Analysis, after: Analysis, path: string): boolean {
  const broken = after.diagnostics.filter((one) => isBroken(one) && one.span.source.path === path)
  if (broken.length === 0 || before.diagnostics.some((one) => isBroken(one) && one.span.source.path === path))
    return false
  const had = new Set(before.diagnostics.filter(({ severity }) => severity === 'error').map(keyOf))
  const added = after.diagnostics.filter((one) => one.severity === 'error' && !isBroken(one) && !had.has(keyOf(one)))
  const [more] = added
  if (more) throw new Error(`damage adds ${keyOf(more)}: ${more.message}`)
  const [first, second] = broken
  if (second && !isReference(second)) throw new Error(`one mistake is told twice: ${first?.message}; ${second.message}`)
  const [top] = after.diagnostics
  if (!top || !isBroken(top)) throw new Error('what cannot be read does not come first')
  if (!fails(top, 'warning')) throw new Error('damage fails no run')
  return true
}

/** A name that leads nowhere, which stands in a text that can be read. */
const isReference = ({ message }: Diagnostic): boolean =>
  /is not (built before|defined|there)|there is no (stage|service)|depends on|lower case|declares it/.test(message)
