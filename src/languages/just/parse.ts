import { oncePer } from '../../text/once.ts'
import { type Source, type Span, span } from '../../text/source.ts'

/** A justfile (just manual, "Grammar"). */
export interface Justfile {
  /** Values are expressions, as they are written. */
  readonly variables: readonly { readonly name: string; readonly value: string; readonly exported: boolean }[]
  /** `set NAME := VALUE`; the value of `set NAME` is `true`. */
  readonly settings: ReadonlyMap<string, string>
  readonly aliases: ReadonlyMap<string, string>
  readonly recipes: readonly Recipe[]
}

export interface Recipe {
  readonly name: string
  readonly parameters: readonly Parameter[]
  /** The recipes that run before it, each with the expressions of its arguments. */
  readonly before: readonly JustCall[]
  readonly after: readonly JustCall[]
  readonly lines: readonly { readonly text: string; readonly span: Span }[]
  readonly span: Span
}

export interface Parameter {
  readonly name: string
  readonly fallback: string | undefined
  /** `+name` and `*name` take all that is left. */
  readonly many: boolean
  readonly exported: boolean
}

export interface JustCall {
  readonly name: string
  readonly args: readonly string[]
}

/** Reads a justfile; lines that are nothing of it are passed over. */
export const parseJustfile = oncePer((source: Source): Justfile => {
  const variables: { name: string; value: string; exported: boolean }[] = []
  const settings = new Map<string, string>()
  const aliases = new Map<string, string>()
  const recipes: (Recipe & { readonly lines: { text: string; span: Span }[] })[] = []
  let open: (typeof recipes)[number] | undefined
  for (const found of source.text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const line = found[0].replace(/\r?\n$/, '')
    const at = span(source, found.index, found.index + line.length)
    if (/^\s/.test(line) || line === '') {
      if (open && line.trim() !== '') open.lines.push({ text: line, span: at })
      continue
    }
    open = undefined
    const set = /^set\s+([\w-]+)\s*(?::=\s*(?!\s)(.*))?$/.exec(line)
    const variable = /^(export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(?!\s)(.*)$/.exec(line)
    const alias = /^alias\s+([\w-]+)\s*:=\s*([\w:-]+)/.exec(line)
    if (set) settings.set(set[1] ?? '', set[2] ?? 'true')
    else if (alias) aliases.set(alias[1] ?? '', alias[2] ?? '')
    else if (variable) {
      variables.push({ name: variable[2] ?? '', value: variable[3] ?? '', exported: variable[1] !== undefined })
    } else {
      const recipe = recipeOf(line, at)
      open = recipe && { ...recipe, lines: [] }
      if (open) recipes.push(open)
    }
  }
  return { variables, settings, aliases, recipes }
})

const parts = /"(?:[^"\\]|\\.)*"|'[^']*'|`[^`]*`|\([^()]*\)|&&|:(?!=)|#.*|[^\s"'`():#]+/g

function recipeOf(line: string, at: Span): Omit<Recipe, 'lines'> | undefined {
  const words = [...line.matchAll(parts)].map(([word]) => word).filter((word) => !word.startsWith('#'))
  const colon = words.indexOf(':')
  const name = words[0]?.replace(/^@/, '') ?? ''
  if (colon < 1 || !/^[A-Za-z_][\w-]*$/.test(name)) return undefined
  const needs = words.slice(colon + 1)
  const and = needs.indexOf('&&')
  const [before, after] = and === -1 ? [needs, []] : [needs.slice(0, and), needs.slice(and + 1)]
  const parameters = parametersIn(words.slice(1, colon))
  return { name, parameters, before: before.map(callOf), after: after.map(callOf), span: at }
}

function parametersIn(words: readonly string[]): readonly Parameter[] {
  const parameters: Parameter[] = []
  for (let index = 0; index < words.length; index++) {
    const [, mark = '', name = '', equals, value] =
      /^([+*]?\$?|\$[+*])([A-Za-z_][\w-]*)(?![\w-])(=)?(.*)$/.exec(words[index] ?? '') ?? []
    if (name === '') continue
    const fallback = equals === undefined ? undefined : value || words[++index]
    parameters.push({ name, fallback, many: /[+*]/.test(mark), exported: mark.includes('$') })
  }
  return parameters
}

function callOf(word: string): JustCall {
  const inner = word.startsWith('(') ? word.slice(1, -1) : word
  const [name = '', ...args] = [...inner.matchAll(parts)].map(([part]) => part)
  return { name, args }
}
