import type { ModuleDefinition } from '../../../languages/elixir/syntax/modules.ts'
import { isWithin, type Span } from '../../../text/source.ts'
import type { Code } from '../../phoenix/code.ts'
import type { Project } from '../../project/project.ts'

const forDevelopment = /(^|\/)config\/(dev|test)[\w.-]*\.exs$/
const ofTests = /(^|\/)(test|spec)\//

/** Whether a place is in a module that only the config of development and of tests names, so that production has another one. */
export function isOfDevelopment(at: Span, code: Code, { tree }: Project): boolean {
  const module = code.modules.find(({ span }) => span.source === at.source && isWithin(at, span))
  if (module === undefined) return false
  const named = tree.sources.filter(
    ({ path, text }) => path !== at.source.path && /\.(exs?|eex|heex|leex)$/.test(path) && names(text, module),
  )
  return (
    named.some(({ path }) => forDevelopment.test(path)) &&
    named.every(({ path }) => forDevelopment.test(path) || ofTests.test(path))
  )
}

/** Whether a text names a module: in full, by the last two parts of it, or among the many of an `alias`. */
function names(text: string, { name }: ModuleDefinition): boolean {
  const parts = name.split('.')
  const last = parts.at(-1) ?? name
  const forms = [parts.join('\\.'), parts.slice(-2).join('\\.')].map((one) => `(?<![\\w.])${one}(?![\\w])`)
  return text.includes(last) && new RegExp(`${forms.join('|')}|\\.\\{[^}]*\\b${last}\\b[^}]*\\}`).test(text)
}
