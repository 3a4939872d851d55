import { parseEnvFile } from '../../languages/dotenv/parse.ts'
import { unset } from '../../text/known.ts'
import type { Source } from '../../text/source.ts'
import { secretAt, type WrittenSecret } from './written.ts'

/** The secrets of an env file. */
export function secretsOfEnvFile(source: Source): readonly WrittenSecret[] {
  const { entries, variables } = parseEnvFile(source, { lookup: () => unset() })
  const puts = variables.map(({ span }) => span)
  return entries.flatMap(({ inherited, name, valueSpan, span }) =>
    inherited ? [] : secretAt(name, valueSpan, span, puts),
  )
}

/** Whether an env file says that it is for development or tests. */
export const isForDevelopment = (source: Source): boolean =>
  /^(export\s+)?(MIX_ENV|(APP|DEPLOY|NODE|RAILS|RELEASE)_ENV|ENV(IRONMENT)?|STAGE)\s*=\s*["']?(dev|development|test|local)\b/m.test(
    source.text,
  )
