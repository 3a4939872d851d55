import { isDockerfile } from '../../files/names.ts'
import type { ElixirFile } from '../../languages/elixir/syntax/ast.ts'
import { isEnvFile } from '../../model/secrets/secret-files.ts'
import type { Source } from '../../text/source.ts'
import type { Commented } from './comment.ts'
import { commentsOfDockerfile } from './dockerfile.ts'
import { commentsOfElixir } from './elixir.ts'
import { commentsOfEnvFile, commentsOfPatterns, commentsOfShell } from './plain.ts'
import { commentsOfYaml } from './yaml.ts'

/** Reads the comments of a file as its language has them; those of Elixir files that were not parsed are not seen. */
export function commentsOf(source: Source, elixir: ElixirFile | undefined): Commented {
  const { path } = source
  if (isDockerfile(path)) return commentsOfDockerfile(source)
  if (/\.exs?$/.test(path)) return elixir ? commentsOfElixir(elixir) : { comments: [], ends: new Map() }
  if (/\.ya?ml$/.test(path)) return commentsOfYaml(source)
  if (isEnvFile(path)) return commentsOfEnvFile(source)
  return /\.(docker|git)ignore$/.test(path) ? commentsOfPatterns(source) : commentsOfShell(source)
}
