import { closedShell, openShell, type ShellEnvironment } from '../../languages/compose/shell.ts'
import { parseEnvFile } from '../../languages/dotenv/parse.ts'
import type { EnvFileEntry } from '../../languages/dotenv/types.ts'
import { type Source, wholeOf } from '../../text/source.ts'
import type { EnvVariable, StackEnvironment } from './variable.ts'

/** What an env file gives, as if it were a container; `shell` undefined: the shell is not in view. */
export function envFileEnvironment(source: Source, shell: ShellEnvironment | undefined): StackEnvironment {
  const { entries, problems } = parseEnvFile(source, { lookup: (name) => (shell ?? openShell()).get(name) })
  const repeatable = parseEnvFile(source, { lookup: (name) => (shell ?? closedShell({})).get(name) })
  const variables = [...lastOf(entries)].map(([name, { value }]): EnvVariable => {
    return { name, value, reads: [], mark: undefined, meant: undefined }
  })
  const container = {
    name: source.path,
    span: { ...wholeOf(source), end: 0 },
    resolved: new Map(
      [...lastOf(repeatable.entries)].map(([name, { value }]) => [name, value.kind === 'known' ? value.value : null]),
    ),
    effective: new Map(variables.toSorted(byName).map((variable) => [variable.name, variable])),
  }
  return { containers: [container], errors: problems, notes: [] }
}

const lastOf = (entries: readonly EnvFileEntry[]): ReadonlyMap<string, EnvFileEntry> =>
  new Map(entries.map((entry) => [entry.name, entry]))

const byName = (one: EnvVariable, other: EnvVariable) => (one.name < other.name ? -1 : 1)
