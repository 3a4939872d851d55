import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { isWithin, type Source, type Span } from '../../../text/source.ts'
import type { Deployment } from '../../boot/deployment.ts'
import type { Code } from '../../phoenix/code.ts'
import type { Project } from '../../project/project.ts'

const forDevelopment = /(^|\/)config\/(dev|test)[\w.-]*\.exs$/
const ofTests = /(^|\/)(test|spec)\//

/** Whether a place is in a module that only the config of development and of tests names, so that production has another one. */
export function isOfDevelopment(at: Span, code: Code, { tree }: Project): boolean {
  const module = moduleAt(at, code)
  return (
    module !== undefined && isOnlyThere(tree.sources.filter((one) => one.path !== at.source.path && names(one, module)))
  )
}

/** Whether config of development names a file, and nothing else that is not of tests does. */
export const isFileOfDevelopment = (name: string, { sources }: Project['tree']): boolean =>
  isOnlyThere(sources.filter(({ path, text }) => /\.(exs?|ya?ml|toml|sh)$/.test(path) && text.includes(name)))

function isOnlyThere(sources: readonly Source[]): boolean {
  return (
    sources.some(({ path }) => forDevelopment.test(path)) &&
    sources.every(({ path }) => forDevelopment.test(path) || ofTests.test(path))
  )
}

/** Whether a place is in a module outside of the app's own namespace that no text of the project names: nothing calls it. */
export function isUnnamed(at: Span, { app, code }: Deployment, { tree }: Project): boolean {
  const module = moduleAt(at, code)
  const space = app?.name?.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())
  if (module === undefined || space === undefined || module.name.startsWith(space)) return false
  const { start, end } = module.span
  return tree.sources.every(
    ({ path, text }) =>
      !mayName(path === at.source.path ? `${text.slice(0, start)}\n${text.slice(end)}` : text, module.name),
  )
}

/** Whether a text may name a module, be it by an alias of what is around it or in the scope of a router. */
function mayName(text: string, name: string): boolean {
  const [last = '', around] = name.split('.').reverse()
  if (!hasWord(text, last)) return false
  if (around === undefined || text.includes(`${around}.${last}`)) return true
  const isRelative = /\bscope\b|__MODULE__/.test(text)
  return isRelative ? hasWord(text, around) : hasWord(text, name.slice(0, -last.length - 1))
}

const moduleAt = (at: Span, { modules }: Code): ModuleDefinition | undefined =>
  modules.find(({ span }) => span.source === at.source && isWithin(at, span))

const hasWord = (text: string, word: string): boolean =>
  text.includes(word) && new RegExp(`(?<!\\w)${word.replace(/\W/g, '\\$&')}(?!\\w)`).test(text)

/** Whether a text names a module: in full, by the last two parts of it, or among the many of an `alias`. */
function names({ path, text }: Source, { name }: ModuleDefinition): boolean {
  if (!/\.(exs?|eex|heex|leex)$/.test(path)) return false
  const parts = name.split('.')
  const last = parts.at(-1) ?? name
  const forms = [parts.join('\\.'), parts.slice(-2).join('\\.')].map((one) => `(?<![\\w.])${one}(?![\\w])`)
  return text.includes(last) && new RegExp(`${forms.join('|')}|\\.\\{[^}]*\\b${last}\\b[^}]*\\}`).test(text)
}
