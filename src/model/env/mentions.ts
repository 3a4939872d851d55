import { isComposeFile, isDockerfile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { oncePer } from '../../text/once.ts'
import type { Source } from '../../text/source.ts'

const word = /[A-Za-z_][A-Za-z0-9_]*/g
/** A word of a script that is not set there. */
const used = /[A-Za-z_][A-Za-z0-9_]*(?![A-Za-z0-9_]|\+?=)/g
const dollar = /\$\{?([A-Za-z_]\w*)/g
/** In a compose file `$$` is what the container sees as `$`. */
const twoDollars = /\$\$\{?([A-Za-z_]\w*)/g
/** Settings of other programs, into which a tool puts variables. */
const settings = /\.(conf|cfg|ini|properties)$|netrc$|pgpass$/
const other =
  /(^|\/)config\/(dev|test)\.exs$|(^|\/)test\/|\.(md|ya?ml|toml|json|lock|dockerignore|gitignore)$|(^|\/)\.?env(?!\.sh)[^/]*$|\.env$/

/** Some names. */
export type Names = Pick<ReadonlySet<string>, 'has'>

/**
 * Every word that the code, the scripts and the commands of a project could read a variable by. What is only given
 * somewhere, and what only development and tests read, is not among them.
 */
export const mentionedNames = oncePer((tree: Tree): Names => {
  const known = new Map<string, boolean>()
  const isMentioned = (name: string) =>
    tree.sources.some((source) => source.text.includes(name) && wordsOf(source).has(name))
  return {
    has(name) {
      const is = known.get(name) ?? isMentioned(name)
      known.set(name, is)
      return is
    },
  }
})

const wordsOf = oncePer(({ path, text }: Source): ReadonlySet<string> => {
  if (isComposeFile(path)) return named(text, twoDollars)
  if (isDockerfile(path) || settings.test(path)) return named(text, dollar)
  return other.test(path) ? new Set() : new Set(text.match(/^#!/.test(text) ? used : word))
})

const named = (text: string, pattern: RegExp): ReadonlySet<string> =>
  new Set([...text.matchAll(pattern)].map(([, name]) => name ?? ''))
