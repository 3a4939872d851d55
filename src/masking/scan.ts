import { highestMean } from '../model/secrets/surprise.ts'
import { dot } from '../text/mask.ts'
import { oncePer } from '../text/once.ts'
import type { Source } from '../text/source.ts'
import { namedValues } from './named.ts'
import { joined, type Range, withoutLead } from './range.ts'
import { shapedValues } from './shapes.ts'
import { strangeWords, surprisesBeyondNames, trailing } from './strange.ts'

const isCode = (path: string): boolean => /\.(exs?|erl|hrl|eex|heex|leex|config|app|src)$|(^|\/)mix\.lock$/.test(path)

/** What may be a secret in a text. */
export interface Suspects {
  /** What stands behind the name of a secret, or has the shape of one. */
  readonly told: readonly Range[]
  /** What only looks as if it was drawn by lot. */
  readonly odd: readonly Range[]
}

/**
 * Whatever in a source may be a secret, by the source alone: the values of secret-named keys and variables, what has
 * the shape of one, and what looks as if it was drawn by lot. It does not matter whether the source can be parsed.
 */
export const suspectsOf = oncePer(({ path, text }: Source): Suspects => suspectsIn(text, isCode(path)))

/** The same of a text that is no file, such as a message. */
export function suspectsIn(text: string, code = false): Suspects {
  const told = joined([...namedValues(text, code), ...shapedValues(text)])
  const odd = [...strangeWords(text), ...strangeValues(text)]
  return { told, odd: odd.map((one) => withoutLead(one, told, text)) }
}

const given = /(?<=[\w}\])"'][:?]?[=:+-]["']?)(?![=>-]|\/\/)[^\s"']\S{7,100000}/g
const drawnByLot = 6

/** Values behind `=`, `:` or `:-` need to surprise less, and may be shorter. */
const strangeValues = (text: string): readonly Range[] =>
  [...text.matchAll(given)].flatMap(({ 0: whole, index }) => {
    const end = trailing(whole, whole.length)
    const value = whole.slice(0, end)
    const isPlain =
      value.includes(dot) || /^[./~]?[\w.-]*\/[\w./:@-]*$|:\/\/|^[\w-]+(\.[\w-]+)+$|\(|^\W*$|^\$\{?\w+\}?$/.test(value)
    return isPlain || highestMean(surprisesBeyondNames(value).slice(1), 9) < drawnByLot
      ? []
      : [{ start: index, end: index + end }]
  })
