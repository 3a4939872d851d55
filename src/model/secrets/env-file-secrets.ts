import { parseEnvFile } from '../../languages/dotenv/parse.ts'
import { unset } from '../../text/known.ts'
import { type Source, type Span, span, textOf } from '../../text/source.ts'
import { secretIn } from './secret-look.ts'

/** A secret that is written out. */
export interface WrittenSecret {
  readonly name: string
  /** The name with the value, such as `TOKEN=…`. */
  readonly span: Span
  /** The secret alone. */
  readonly value: Span
}

/** The secrets of an env file. */
export const secretsOfEnvFile = (source: Source): readonly WrittenSecret[] =>
  parseEnvFile(source, { lookup: () => unset() }).entries.flatMap((entry) => {
    const part = entry.inherited ? undefined : secretIn(entry.name, textOf(entry.valueSpan))
    if (part === undefined) return []
    const { start } = entry.valueSpan
    return [{ name: entry.name, span: entry.span, value: span(source, start + part.start, start + part.end) }]
  })

/** Whether an env file says that it is for development or tests. */
export const isForDevelopment = (source: Source): boolean =>
  /^(export\s+)?(MIX_ENV|(APP|DEPLOY|NODE|RAILS|RELEASE)_ENV|ENV(IRONMENT)?|STAGE)\s*=\s*["']?(dev|development|test|local)\b/m.test(
    source.text,
  )
