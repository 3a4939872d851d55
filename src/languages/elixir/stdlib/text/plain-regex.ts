import type { CallContext } from '../../values/types.ts'
import type { RegexValue } from '../../values/value.ts'
import { unmodelled } from '../define.ts'

/** One match in a text; groups that took no part are undefined. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly groups: readonly (string | undefined)[]
  readonly named: Readonly<Record<string, string | undefined>>
}

/**
 * Patterns that JavaScript reads as PCRE does: characters, `.`, classes, `\d \w \s \b`, anchors, alternatives, groups, and
 * repeats of all of these but groups.
 */
const atom = [
  /[^\\^$.|?*+()[\]{}]/,
  /\.|\\[dDwWsSnrt]|\\[!-/:-@[-`{-~]/,
  /\[\^?(?:[^\\[\]]|\\[dwsnrt]|\\[!-/:-@[-`{-~])+\]/,
]
const plain = new RegExp(
  `^(?:(?:${atom.map(({ source }) => source).join('|')})(?:[*+?]|\\{\\d{1,3}(?:,\\d{0,3})?\\})?\\??|${/[\^$|]|\\[bAzZ]|\((?:\?:|\?<[A-Za-z_]\w*>)?|\)\??(?![*+?{])/.source})*$`,
)
const ascii = /^[\t\n -~]*$/

const translations = new Map<string, RegExp | undefined>()

function translated({ source, options }: RegexValue): RegExp {
  const key = `${options}/${source}`
  if (!translations.has(key)) {
    if (translations.size > 500) translations.clear()
    translations.set(key, translate(source, options))
  }
  return translations.get(key) ?? unmodelled('the regular expression has parts that we do not follow')
}

/** Anchors of PCRE, in a text that does not end in a line feed. */
const ends: Readonly<Record<string, string>> = { A: '^', z: '$', Z: '$' }

function translate(source: string, options: string): RegExp | undefined {
  if (/[^iu]/.test(options) || source.length > 500 || !ascii.test(source) || !plain.test(source)) return undefined
  try {
    return new RegExp(
      source.replace(/\\(.)/g, (whole, char) => ends[char] ?? whole),
      options.includes('i') ? 'gi' : 'g',
    )
  } catch {
    return undefined
  }
}

/** The longest texts that are searched, by how many repeats without a bound the pattern has. */
const longest = [5000, 4000, 360, 110, 60, 40, 30]

/** The names of a regex's groups, in the order of the alphabet. */
export const groupNames = (regex: RegexValue): readonly string[] =>
  [...translated(regex).source.matchAll(/\(\?<(\w+)>/g)].map(([, name = '']) => name).toSorted()

/** The matches of `regex` in `text`, the first `most` of them; gives up where PCRE may see others. */
export function matches(
  context: CallContext,
  regex: RegexValue,
  text: string,
  most = Number.POSITIVE_INFINITY,
): readonly Match[] {
  const expression = new RegExp(translated(regex))
  if (!ascii.test(text) || text.endsWith('\n'))
    return unmodelled('the regular expression is asked of more than one line of ASCII')
  const repeats = regex.source.match(/[*+]|,\}/g)?.length ?? 0
  if (text.length > (longest[repeats] ?? 0)) return unmodelled('the text is too long for the regular expression')
  context.tick(1 + Math.ceil(text.length / 100))
  const found: Match[] = []
  for (let match = expression.exec(text); match && found.length < most; match = expression.exec(text)) {
    const end = match.index + match[0].length
    found.push({ start: match.index, end, groups: [...match], named: match.groups ?? {} })
    if (match[0] === '') expression.lastIndex++
  }
  return found
}
