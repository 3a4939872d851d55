import { isComposeFile, isDockerfile } from '../../files/names.ts'
import type { Tree } from '../../files/tree.ts'
import { oncePer } from '../../text/once.ts'

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

/**
 * Every word that the code, the scripts and the commands of a project could read a variable by. What is only given
 * somewhere, and what only development and tests read, is not among them.
 */
export const mentionedNames = oncePer((tree: Tree): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const { path, text } of tree.sources) {
    if (isComposeFile(path)) for (const [, name] of text.matchAll(twoDollars)) names.add(name ?? '')
    else if (isDockerfile(path) || settings.test(path))
      for (const [, name] of text.matchAll(dollar)) names.add(name ?? '')
    else if (!other.test(path)) for (const [name] of text.matchAll(/^#!/.test(text) ? used : word)) names.add(name)
  }
  return names
})
