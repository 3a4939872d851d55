import { posix } from 'node:path'
import { isComposeFile, isDockerfile } from '../../files/names.ts'
import { besideCode, sourceAt, type Tree } from '../../files/tree.ts'
import { type Source, type Span, span } from '../../text/source.ts'
import { developmentWord } from '../shipping/production.ts'

/** An env file that a script hands to `docker run`. */
export interface RunEnvFile {
  readonly source: Source
  /** The option with its value. */
  readonly call: Span
}

const run = /(?<![\w-])(?:docker|podman|nerdctl)\s+(?:container\s+)?(?:run|create)\s(?:[^\n;&|#\\]|\\\r?\n|\\[^\r\n])*/g
const option = /--env-file(?:=|\s+)(["']?)([\w./-]+)\1/g

/** The scripts, Makefiles and the like of a tree by which people start containers of production. */
export const scriptsOf = (tree: Tree): readonly Source[] =>
  besideCode(tree).filter(
    ({ path }) =>
      !isDockerfile(path) &&
      !isComposeFile(path) &&
      !/\.(exs|ya?ml|json|lock|md)$/.test(path) &&
      developmentWord(path) === undefined,
  )

/** The env files that `docker run --env-file` gets in the scripts, Makefiles and the like of a tree, each once. */
export function envFilesOfRuns(tree: Tree): readonly RunEnvFile[] {
  const found = new Map<string, RunEnvFile>()
  for (const script of scriptsOf(tree)) {
    for (const call of script.text.matchAll(run)) {
      for (const named of call[0].matchAll(option)) {
        const path = named[2] ?? ''
        // A script is started in its own folder or at the root.
        const source = [posix.join(posix.dirname(script.path), path), posix.normalize(path)]
          .map((one) => sourceAt(tree, one))
          .find((one) => one !== undefined)
        const start = call.index + named.index
        if (source && developmentWord(source.path) === undefined && !found.has(source.path))
          found.set(source.path, { source, call: span(script, start, start + named[0].length) })
      }
    }
  }
  return [...found.values()]
}
