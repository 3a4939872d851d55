import { posix } from 'node:path'
import { sourceAt } from '../../files/tree.ts'
import type { Node } from '../../languages/elixir/syntax/ast.ts'
import { atomName, bodyOf, calls, keywordGet, stringText } from '../../languages/elixir/syntax/query.ts'
import { type Span, span } from '../../text/source.ts'
import type { Boot } from '../boot/boot.ts'
import type { Deployment } from '../boot/deployment.ts'
import { dependsOn } from '../phoenix/mix.ts'
import type { Project } from '../project/project.ts'
import { locate } from '../stage-files/locate.ts'
import type { Release } from '../stage-files/types.ts'
import { literalOf, textsIn } from './secrets/secret-fallbacks.ts'

/** A cookie that is written out; `isGuess`: the release that holds it is made out of view. */
export interface WrittenCookie {
  readonly span: Span
  readonly isGuess: boolean
}

/**
 * The cookie that a release of Distillery is made with, where it is written out: in the `vm.args` that rel/config.exs
 * names, or in rel/config.exs itself. What its environment sets goes before what the release does.
 */
export function writtenCookie(deployment: Deployment, project: Project): WrittenCookie | undefined {
  const { boot, release, server, app } = deployment
  if (release !== undefined) {
    const found =
      boot?.tool === 'Distillery' ? cookieIn((path) => pathOf(path, release), release.mixEnv, project) : undefined
    return found && { span: found, isGuess: false }
  }
  if (server?.command.kind !== 'release' || app === undefined || !dependsOn(app, 'distillery')) return undefined
  const found = cookieIn((path) => posix.join(app.folder, path), 'prod', project)
  return found && { span: found, isGuess: true }
}

function cookieIn(
  pathOf: (path: string) => string | undefined,
  mixEnv: string | undefined,
  project: Project,
): Span | undefined {
  const path = pathOf('rel/config.exs')
  const file = path === undefined ? undefined : project.elixir.get(path)
  if (file === undefined) return undefined
  const blocks = [
    ...calls(file, 'environment').filter(({ args }) => atomName(args[0]) === mixEnv),
    ...calls(file, 'release'),
  ]
  const setting = (key: string): Node | undefined =>
    blocks
      .flatMap((block) => calls(bodyOf(block), 'set'))
      .map(({ args }) => keywordGet(args[0], key))
      .find((node) => node !== undefined)
  const args = stringText(setting('vm_args'))
  const cookie = setting('cookie')
  if (args !== undefined) {
    const there = pathOf(args)
    const source = there === undefined ? undefined : sourceAt(project.tree, there)
    const found = source && /^[ \t]*-setcookie[ \t]+(\S+)/m.exec(source.text)
    if (source === undefined || found?.[1] === undefined) return undefined
    const end = found.index + found[0].length
    if (isWritten(found[1])) return span(source, end - found[1].length, end)
    if (!/<%.*cookie/.test(found[1] + source.text.slice(end, end + 60))) return undefined
  }
  const text = atomName(cookie) ?? stringText(cookie)
  return cookie && text !== undefined && isWritten(text) ? cookie.span : undefined
}

const isWritten = (text: string): boolean => !/\$\{|<%/.test(text)

/** The path in the tree of a file of the project that a release is made of. */
function pathOf(path: string, { files, project, before }: Release): string | undefined {
  const { origin } = locate(files, posix.join(project, path), before)
  return origin.kind === 'context' ? origin.path : undefined
}

/** A text of the config that Distillery would put a variable into, if `REPLACE_OS_VARS` told it to: `"${PORT}"`. */
export function unreplacedIn(boot: Boot): { readonly text: string; readonly at: Span } | undefined {
  const said = boot.environment('REPLACE_OS_VARS')
  if (boot.tool !== 'Distillery' || (said.kind === 'known' && said.value !== '')) return undefined
  for (const { value } of textsIn(boot.config)) {
    const at = literalOf(value)
    const [text] = /\$\{[A-Za-z_]\w*\}/.exec(value.text) ?? []
    if (text !== undefined && at !== undefined) return { text, at }
  }
  return undefined
}
