import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { once, oncePer } from '../../text/once.ts'
import { textOf } from '../../text/source.ts'

/** Whether a text stands in the file of a module: what is not written there need not be looked for. */
export const isWrittenIn = ({ span: { source } }: ModuleDefinition, text: string): boolean => source.text.includes(text)

/** The last part of the name of a module, which stands wherever it is named, be it to give it another name there. */
export const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** Modules of Elixir that are named so often that each of their names is not worth a look, as a part of a pattern. */
export const everywhere = '(?:Enum|Keyword|List|Map|String)(?!\\w)'

export const isEverywhere = new RegExp(`^${everywhere}`)

/** Which of `modules` have a word with a capital in their files; all of them for any other word. */
export function writingIn(modules: readonly ModuleDefinition[]): (word: string) => readonly ModuleDefinition[] {
  const found = once(() => byWord(modules))
  return (word) => {
    if (!/^[A-Z]/.test(word)) return modules
    if (!isEverywhere.test(word)) return found().get(word) ?? []
    const written = new RegExp(`(?<!\\w)${word}(?!\\w)`)
    return modules.filter(({ span: { source } }) => written.test(source.text))
  }
}

const word = new RegExp(`(?<!\\w)(?!${everywhere})[A-Z]\\w*`, 'g')

function byWord(modules: readonly ModuleDefinition[]): Map<string, ModuleDefinition[]> {
  const found = new Map<string, ModuleDefinition[]>()
  for (const module of modules) {
    for (const written of module.span.source.text.match(word) ?? []) {
      const known = found.get(written)
      if (known === undefined) found.set(written, [module])
      else if (known.at(-1) !== module) known.push(module)
    }
  }
  return found
}

/** Whether a module may call a function of another, or one of its own, by the text of its file. */
export function mayCall(one: ModuleDefinition, owner: string, name: string): boolean {
  if (one.name === owner) return true
  const word = lastPart(owner)
  const renames = renamedIn(one).size > 0
  if (/^\w+$/.test(word) && /^\w+[?!]?$/.test(name)) {
    const { words, calls } = writtenIn(one)
    return renames ? words.has(word) && words.has(name) : calls.has(`${word}.${name}`)
  }
  const { text } = one.span.source
  if (!text.includes(word) || !text.includes(name)) return false
  return renames || new RegExp(`${plain(word)}\\s*\\.\\s*["']?${plain(name)}`).test(text)
}

const plain = (text: string): string => text.replace(/\W/g, '\\$&')

/** The words in the file of a module, and those of which one stands behind another and a dot: `Repo.all`. */
const writtenIn = oncePer(({ span: { source } }: ModuleDefinition) => {
  const [words, calls] = [new Set<string>(), new Set<string>()]
  for (const [, word = '', mark = ''] of source.text.matchAll(/(\w+)([?!]?)/g)) words.add(word).add(`${word}${mark}`)
  for (const [, one, two, mark] of source.text.matchAll(/(\w+)(?=\s*\.\s*["']?(\w+)([?!]?))/g))
    calls.add(`${one}.${two}`).add(`${one}.${two}${mark}`)
  return { words, calls }
})

/** The names that the file of a module gives to others (`alias …, as:`), so that they need not stand where those are meant. */
export const renamedIn = oncePer(
  ({ span: { source } }: ModuleDefinition): ReadonlySet<string> =>
    source.text.includes('as:')
      ? new Set([...source.text.matchAll(/\bas:\s*([A-Z][\w.]*)/g)].map(([, name = '']) => lastPart(name)))
      : none,
)

const none: ReadonlySet<string> = new Set()

/** Whether the text of a module has a definition of a name, or what may make any: without it there is no such function. */
export function isWrittenOut(module: ModuleDefinition, name: string): boolean {
  const names = definitionsIn(module)
  return names === 'any' || names.has(name)
}

/** The names of which the text of a module has a definition. */
export const definitionsIn = oncePer((module: ModuleDefinition): ReadonlySet<string> | 'any' => {
  const text = textOf(module.span)
  if (/\bunquote\b/.test(text)) return 'any'
  return new Set([...text.matchAll(/\bdef\w*[ (]+:?(?=(\w+[?!]?))/g)].map(([, name = '']) => name))
})

/** What a `use` names, as far as its text says so. */
export interface WrittenUse {
  /** The last part of the module; undefined where it may be any. */
  readonly module: string | undefined
  readonly hasArgument: boolean
  /** The atom that it has for an argument, empty where it has options; undefined where it may be any. */
  readonly argument: string | undefined
}

/** At least the `use` of a module. */
export const usesWrittenIn = oncePer((module: ModuleDefinition): readonly WrittenUse[] => {
  if (!isWrittenIn(module, 'use')) return []
  const renamed = renamedIn(module)
  return [...module.span.source.text.matchAll(use)].map(([, named, comma, atom, options]) => {
    const last = named === undefined ? undefined : lastPart(named)
    const known = last === undefined || renamed.has(last) ? undefined : last
    return {
      module: known,
      hasArgument: named === undefined || comma !== undefined,
      argument: atom ?? (options === undefined ? undefined : ''),
    }
  })
})

const use =
  /\buse[\s(]+(?:([A-Z]\w*(?:\.[A-Z]\w*)*)(?![\w.]|\s*\.)\s*(?:(,)\s*(?::(\w+[?!]?)|(\w+:)\s)?)?|(?=__MODULE__|[A-Z:]))/g
