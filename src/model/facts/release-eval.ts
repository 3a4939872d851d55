import { usesSome } from '../../languages/elixir/syntax/modules.ts'
import { compilesMore, mayBeMade } from '../boot/absent-module.ts'
import { type Code, functionOf } from '../phoenix/code.ts'
import type { MixApp } from '../phoenix/mix.ts'

/** What an `eval` cannot do, and the part of it that says so. */
export interface MissingFunction {
  readonly message: string
  readonly text: string
}

/** The first function of the project's own modules that the Elixir text of an `eval` calls, and that is not there. */
export function missingFunction(text: string, app: MixApp, code: Code): MissingFunction | undefined {
  if (compilesMore(app)) return undefined
  const roots = new Set(code.modules.map((module) => module.name.split('.')[0]))
  const calls = text
    .replace(/"[^"]*"|'[^']*'/g, (quoted) => ' '.repeat(quoted.length))
    .matchAll(/(?<![\w.:@&])([A-Z]\w*(?:\.[A-Z]\w*)*)\.([a-z_]\w*[?!]?)(\(\s*\)|\()?/g)
  for (const [whole, module = '', name = '', parens = ''] of calls) {
    if (!roots.has(module.split('.')[0])) continue
    const defined = code.module(module)
    const written = whole.slice(0, whole.length - parens.length)
    if (defined === undefined) {
      const isUnread = code.unread.length > 0
      if (!isUnread && !mayBeMade(module, code)) return { message: `no module is called \`${module}\``, text: written }
      continue
    }
    const arity = parens === '(' ? undefined : 0
    const found = functionOf(defined, name, arity)
    if (found && !found.kind.endsWith('p')) continue
    if (found) return { message: `\`${module}.${name}/${found.arity}\` is private`, text: written }
    if (usesSome(defined) || /\bdefdelegate\b|\bunquote\b|@before_compile/.test(bodyText(defined.span))) continue
    const slash = arity === undefined ? '' : `/${arity}`
    return { message: `\`${module}\` has no function \`${name}${slash}\``, text: written }
  }
  return undefined
}

const bodyText = ({
  source,
  start,
  end,
}: {
  readonly source: { readonly text: string }
  readonly start: number
  readonly end: number
}) => source.text.slice(start, end)
