import type { Tree } from '../../../files/tree.ts'
import { usesSome } from '../../../languages/elixir/syntax/modules.ts'
import type { Code } from '../../phoenix/code.ts'
import type { AppFunction } from '../../phoenix/run-time.ts'
import { lastPart } from '../../phoenix/words.ts'

/**
 * Whether something in view calls a function when the app runs: a library, a route, a template or a script, or a function
 * of the project of which that holds. What people call by hand in a console is called by nothing.
 */
export function isCalled(called: AppFunction, code: Code, tree: Tree): boolean {
  const asked = new Set<AppFunction['definition']>()
  const ask = (one: AppFunction): boolean => {
    if (asked.has(one.definition)) return false
    asked.add(one.definition)
    return (
      isCallback(one, code) ||
      isNamedInText(one, code, tree) ||
      code
        .runTime()
        .callsOf(one)
        .some(({ from }) => from.definition.kind.startsWith('defmacro') || ask(from))
    )
  }
  return ask(called)
}

/** What libraries call by its name, and what a release is asked for by hand. */
const callbacks =
  /^(init|call|start|start_link|child_spec|prep_stop|stop|config_change|mount|render|on_mount|update|perform|process|run|join|connect|id|action|terminate|handle_\w+|index|show|new|edit|create|delete|changeset|resolve|configure|prepare_query|default_options|load|dump|cast|type)$/

const ofReleases = /\.Release(s|Task|Tasks)?$/

function isCallback({ module, definition }: AppFunction, code: Code): boolean {
  if (definition.kind !== 'def') return false
  if (ofReleases.test(module.name) || hasImpl({ module, definition })) return true
  const isKnown =
    usesSome(module) ||
    module.attributes.some(({ name }) => name === 'behaviour') ||
    code.writing(lastPart(module.name)).some((one) => one !== module)
  return isKnown && callbacks.test(definition.name)
}

/** Whether `@impl` stands before a function, and no other function between them. */
const hasImpl = ({ module, definition }: AppFunction): boolean =>
  definition.clauses.some(({ call }) => {
    const { text } = module.span.source
    const at = text.lastIndexOf('@impl', call.span.start)
    return at >= module.span.start && !/^\s*defp?\s/m.test(text.slice(at, call.span.start))
  })

const script = /\.exs?$/
const template = /\.(heex|leex|eex|slim|slime|sface|haml)$/

/** Whether a text names it in a way that calls do not show: as an atom, in a template, by an import, in a script. */
function isNamedInText({ module, definition }: AppFunction, { modules }: Code, { sources }: Tree): boolean {
  const name = definition.name.replace(/[?!]$/, '\\$&')
  const last = lastPart(module.name).replace(/\W/g, '')
  const owner = new RegExp(`\\b${last}\\b`)
  const asAtom = new RegExp(`(?<![\\w:]):${name}(?![\\w?!:])`)
  const inFull = new RegExp(`\\b${last}\\.${name}(?![\\w?!])`)
  const alone = new RegExp(`(?<![\\w.:@]|\\bdefp? )${name}(?=[\\s(/])|<\\.${name}(?![\\w?!])`)
  const imports = new RegExp(`\\bimport\\s+[\\w.{ ,]*\\b${last}\\b`)
  const isImported = sources.some(({ path, text }) => script.test(path) && imports.test(text))
  return sources.some((source) => {
    const { path, text } = source
    if (!text.includes(definition.name)) return false
    if (template.test(path)) return inFull.test(text) || alone.test(text)
    if (!script.test(path)) return !/\.(md|txt|livemd)$/.test(path) && inFull.test(text)
    if (!modules.some(({ span }) => span.source === source)) return false
    const inTemplate = [...text.matchAll(/~[HLE](?:"""[\s\S]*?"""|"[^"\n]*")/g)].join('\n')
    const isOwn = module.span.source === source
    return (
      ((isOwn || owner.test(text)) && asAtom.test(text)) ||
      inFull.test(inTemplate) ||
      ((isOwn || isImported) && alone.test(isOwn ? inTemplate : text))
    )
  })
}
