import { type Source, span, startsOfLines } from '../../text/source.ts'
import { secretIn } from './secret-look.ts'
import type { WrittenSecret } from './written.ts'

const pair = /(?<!\w)([a-z]\w{0,80}):\s{0,40}"([^"\\\n]+)"/g
const fallback = /get_env\("(\w{1,80})"\)?\s{0,40}(?:,|\|\|)\s{0,40}"([^"\\\n]+)"/g

/** The secrets that a config script writes as `key: "value"` or as the default of a variable, by its text alone. */
export const secretsOfScript = (source: Source): readonly WrittenSecret[] =>
  startsOfLines(source).flatMap((start, index, starts) => {
    const line = source.text.slice(start, starts[index + 1])
    if (line.trimStart().startsWith('#')) return []
    return [...line.matchAll(pair), ...line.matchAll(fallback)].flatMap((found) => {
      const [whole, name = '', value = ''] = found
      const part = value.includes('#{') ? undefined : secretIn(name, value)
      if (part === undefined) return []
      const from = start + found.index
      const first = from + whole.length - 1 - value.length
      const secret = span(source, first + part.start, first + part.end)
      return [{ name, what: `\`${name}\``, span: span(source, from, from + whole.length), value: secret }]
    })
  })
