import { type Source, span } from '../text/source.ts'
import type { WrittenSecret } from './env-file-secrets.ts'
import { secretIn } from './secret-look.ts'

/** The secrets that a config script writes as `key: "value"`, by its text alone. */
export const secretsOfScript = (source: Source): readonly WrittenSecret[] =>
  [...source.text.matchAll(/^[^#\n]*?\b([a-z]\w*):\s*"([^"\\\n]+)"/gm)].flatMap((found) => {
    const [whole, name = '', value = ''] = found
    const part = value.includes('#{') ? undefined : secretIn(name, value)
    if (part === undefined) return []
    const end = found.index + whole.length
    const start = end - 1 - value.length
    const from = end - (whole.length - whole.lastIndexOf(`${name}:`))
    return [{ name, span: span(source, from, end), value: span(source, start + part.start, start + part.end) }]
  })
