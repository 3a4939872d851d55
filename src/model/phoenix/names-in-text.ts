import type { ModuleDefinition } from '../../languages/elixir/syntax/modules.ts'
import { mayRoute } from './router.ts'
import { everywhere, isEverywhere, lastPart } from './words.ts'

const name = String.raw`(?:__MODULE__\.)?[A-Z]\w*(?:\s*\.\s*[A-Z]\w*)*`

/** Where a name may stand that a module cannot do without: before a function or a brace, or behind one of these words. */
const neededBut = (left: string): RegExp =>
  new RegExp(
    `(?<!\\w)(?!${left})(${name})(?=\\s*(?:\\{|\\.\\s*[^A-Z\\s]))|\\b(?:use|import|require|plug|adapter:)[\\s(]+(${name})`,
    'g',
  )
const needed = neededBut('(?!)')
const neededOfOthers = neededBut(`${everywhere}(?!\\s*\\.\\s*[A-Z])`)

/** What is not written as it is called. */
const unusual = /\s|^Elixir\.|^__MODULE__/

/** Each word that gives another name, and what it gives it to where that is written in one of the usual ways. */
const given = new RegExp(
  `\\balias(?!\\w|:)(?:[ \\t(]+(${name})(?:\\s*\\.\\s*\\{([^{}#]*)\\}|\\s*,\\s*as:\\s*(${name})|(?!\\s*[.,])))?|\\brequire\\b[^\\n]*,\\s*as:`,
  'g',
)

const mayGive = /\balias\b|\bas:/

/**
 * At least the names in full that `modulesNamedIn` finds and that are none of Elixir's own, by the text of a file with this
 * module alone; undefined where the text does not say that. A route has the name of its scope before its own.
 */
export function namesInText(module: ModuleDefinition): ReadonlySet<string> | undefined {
  const { name: own, outline } = module
  const { text } = module.span.source
  if (mayRoute(module) || text.includes(':adapter')) return undefined
  if (outline === undefined && text.split('defmodule').length !== 2) return undefined
  const aliases = new Map<string, Set<string>>()
  const inFull = (written: string): readonly string[] => {
    const plain = unusual.test(written)
      ? written
          .replace(/\s+/g, '')
          .replace(/^Elixir\./, '')
          .replace(/^__MODULE__(?=\.)/, own)
      : written
    const end = plain.indexOf('.')
    const first = end === -1 ? plain : plain.slice(0, end)
    return [plain, ...[...(aliases.get(first) ?? [])].map((full) => `${full}${plain.slice(first.length)}`)]
  }
  const note = (short: string, names: readonly string[]) =>
    aliases.set(short, new Set([...(aliases.get(short) ?? []), ...names]))
  for (const [, named, many, as] of mayGive.test(text) ? text.matchAll(given) : []) {
    if (named === undefined) return undefined
    const parts = many?.split(',').map((part) => part.trim()) ?? []
    if (many === undefined) note(lastPart(as ?? named).trim(), inFull(named))
    for (const part of parts) note(lastPart(part).trim(), inFull(`${named}.${part}`))
  }
  const written = new Set<string>()
  // No module is lost that Elixir has, unless another one has its name here.
  const words = [...aliases.keys()].some((short) => isEverywhere.test(short)) ? needed : neededOfOthers
  for (const [, before, behind] of text.matchAll(words)) written.add(before ?? behind ?? '')
  const isInFull = aliases.size === 0 && ![...written].some((one) => unusual.test(one))
  return isInFull ? written : new Set([...written].flatMap(inFull))
}
