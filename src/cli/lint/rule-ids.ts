import { knownIds } from '../../settings/ids.ts'
import { didYouMean } from '../../text/nearest.ts'
import type { Call } from '../call/flags.ts'

/** Why the ids of `--rule` and `--ignore` are wrong; undefined where all are known. */
export function unknownRule(call: Call): string | undefined {
  const unknown = [...call.all('rule'), ...call.all('ignore')].find((id) => !knownIds.includes(id))
  return unknown === undefined ? undefined : `there is no rule \`${unknown}\`${didYouMean(unknown, knownIds)}`
}
