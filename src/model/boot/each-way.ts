import { variablesIn } from '../../languages/elixir/values/identity.ts'
import type { Value } from '../../languages/elixir/values/value.ts'

/** A value of a config that has a fault, and how surely: as the fields of a finding. */
export interface Fault {
  /** The alternative that has it; the first one where several have. */
  readonly value: Value
  readonly doubt: { readonly certainty?: 'likely' }
}

/**
 * Asks about each of the values that one may be. A fault that all of them have is certain, one that some have is likely; but
 * where a variable that nobody in view sets decides between them, who sets it has the choice, and there is no fault.
 */
export function faultIn(value: Value | undefined, isFault: (one: Value) => boolean): Fault | undefined {
  if (value === undefined) return undefined
  if (value.kind !== 'oneOf') return isFault(value) ? { value, doubt: {} } : undefined
  const faults = value.values.flatMap((one) => faultIn(one, isFault) ?? [])
  const [first] = faults
  const isEvery = faults.length === value.values.length
  if (first === undefined || (!isEvery && variablesIn(value.choice).length > 0)) return undefined
  const isCertain = isEvery && faults.every(({ doubt }) => doubt.certainty === undefined)
  return { value: first.value, doubt: isCertain ? {} : { certainty: 'likely' } }
}
