import { meanSurprise } from '../model/secrets/surprise.ts'
import type { Source } from '../text/source.ts'

/** What a project calls its own things, which may look as if it was drawn by lot: `ISeeSea.Repo`, `i_see_sea`. */
export interface ProjectNames {
  /** The modules that it defines or configures, what they begin with, and the same as applications are called: `ShopWeb`, `shop_web`. */
  readonly all: ReadonlySet<string>
  /** Whether a text is put together of such names and of words of a language. */
  readonly isName: (text: string) => boolean
}

/** The names of a project, by the modules and applications that its sources define. */
export function namesOf(sources: readonly Source[]): ProjectNames {
  const modules = new Set<string>()
  const words = new Set<string>()
  for (const { path, text } of sources) {
    if (!/\.exs?$/.test(path)) continue
    for (const [, name = ''] of text.matchAll(/\b(?:defmodule\s+|config\s+:\w{1,60},\s*)([A-Z][\w.]{0,200})/g)) {
      const parts = name.split('.')
      for (let count = 1; count <= parts.length; count += 1) modules.add(parts.slice(0, count).join('.'))
      for (const part of parts) for (const form of formsOf(part)) words.add(form)
    }
    for (const [, app = ''] of text.matchAll(/\bapp:\s*:([a-z]\w{0,60})/g))
      for (const form of formsOf(app)) words.add(form)
  }
  const isName = (text: string): boolean => {
    const all = text.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== '')
    return all.some((word) => words.has(word)) && all.every((word) => words.has(word) || isCalm(word))
  }
  return { all: new Set([...modules, ...words]), isName }
}

/** A name as modules, applications and containers are called: `ISeeSea`, `i_see_sea`, `iseesea`. */
const formsOf = (name: string): readonly string[] => {
  const snake = name.replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$3_$2').toLowerCase()
  const bare = snake.replace(/_web$/, '')
  return [name, ...[snake, bare].flatMap((one) => [one, one.replaceAll('_', ''), one.replaceAll('_', '-')])]
}

const longest = 20
const calm = 4.8

const isCalm = (word: string): boolean =>
  word.length <= longest && /^[\p{L}_]+$/u.test(word) && (word.length <= 3 || meanSurprise(word) < calm)
