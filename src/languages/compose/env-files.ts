import type { Known } from '../../text/known.ts'
import type { Span } from '../../text/source.ts'
import { parseEnvFile } from '../dotenv/parse.ts'
import { complain, type Environment, type Gathered, isFolder, isThere, readSource } from './problems.ts'

/** `outer` with `values` where it has nothing. */
export const layered =
  (outer: Environment, values: ReadonlyMap<string, Known<string>>): Environment =>
  (name) => {
    const value = outer(name)
    return value.kind === 'known' ? value : (values.get(name) ?? value)
  }

/**
 * What the env files set for interpolation, later ones over earlier ones, as `--env-file` and `.env` do; `at` is where
 * they are asked for.
 */
export function readEnvFiles(
  gathered: Gathered,
  outer: Environment,
  paths: readonly string[],
  at: (path: string) => Span,
): ReadonlyMap<string, Known<string>> {
  const values = new Map<string, Known<string>>()
  for (const path of paths) {
    const source = readSource(gathered, path)
    if (source === undefined) {
      missing(gathered, path, at(path))
      continue
    }
    const file = parseEnvFile(source, { lookup: outer, before: values })
    for (const one of file.problems) gathered.problems.push(one)
    for (const one of file.warnings) gathered.warnings.push(one)
    for (const entry of file.entries)
      if (!(entry.inherited && entry.value.kind === 'unset')) values.set(entry.name, entry.value)
  }
  return values
}

function missing(gathered: Gathered, path: string, at: Span): void {
  if (isFolder(gathered.input, path)) complain(gathered, at, `the env file \`${path}\` is a folder`)
  else if (gathered.input.shell.open && !isThere(gathered, path))
    gathered.warnings.push({ span: at, message: `the env file \`${path}\` is not in view` })
  else complain(gathered, at, `the env file \`${path}\` is not there`)
}
