import { hidden } from '../../../text/damage.ts'
import { type Known, unknown } from '../../../text/known.ts'
import type { Span } from '../../../text/source.ts'
import { parseEnvFile } from '../../dotenv/parse.ts'
import {
  complain,
  type Gathered,
  isElsewhere,
  isFolder,
  isThere,
  type LoadEnvironment,
  leaveOut,
  readSource,
} from '../problems.ts'

/** What env files set. */
export interface EnvValues {
  readonly values: ReadonlyMap<string, Known<string>>
  /** What is known of all other names, where one of the files lies outside of what may be read. */
  readonly others?: Known<string>
  /** Whether files were read, and to their end. */
  readonly isWhole?: boolean
}

/** `outer` with `inner` where it has nothing. */
export const layered =
  (outer: LoadEnvironment, { values, others, isWhole }: EnvValues): LoadEnvironment =>
  (name) => {
    const value = outer(name)
    if (value.kind === 'known') return value
    const other = values.get(name) ?? others
    if (other) return other
    return isWhole && value.kind === 'unknown' ? { ...value, isLacking: true } : value
  }

/**
 * What the env files set for interpolation, later ones over earlier ones, as `--env-file` and `.env` do; `at` is where
 * they are asked for.
 */
export function readEnvFiles(
  gathered: Gathered,
  outer: LoadEnvironment,
  paths: readonly string[],
  at: (path: string) => Span,
): EnvValues {
  const values = new Map<string, Known<string>>()
  let others: Known<string> | undefined
  let isRead = true
  for (const path of paths) {
    const source = readSource(gathered, path)
    if (source === undefined) {
      isRead = false
      if (isElsewhere(gathered, path)) others = unknown(`\`${path}\` lies outside of the project and is not read`)
      missing(gathered, path, at(path))
      continue
    }
    const file = parseEnvFile(source, { lookup: outer, before: values })
    for (const one of file.problems) {
      gathered.problems.push(one)
      others ??= hidden(one)
    }
    for (const one of file.warnings) gathered.warnings.push(one)
    for (const entry of file.entries)
      if (!(entry.inherited && entry.value.kind === 'unset')) values.set(entry.name, entry.value)
  }
  return others === undefined ? { values, isWhole: paths.length > 0 && isRead } : { values, others }
}

function missing(gathered: Gathered, path: string, at: Span): void {
  if (isElsewhere(gathered, path)) leaveOut(gathered, 'variables', at, `the env file \`${path}\``)
  else if (isFolder(gathered.input, path)) complain(gathered, at, `the env file \`${path}\` is a folder`)
  else if (gathered.input.shell.open && !isThere(gathered, path))
    gathered.warnings.push({ span: at, message: `the env file \`${path}\` is not here` })
  else complain(gathered, at, `the env file \`${path}\` is not there`)
}
