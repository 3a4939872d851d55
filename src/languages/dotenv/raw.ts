import { breakIn } from '../../text/damage.ts'
import { inLanguage, type Problem } from '../../text/diagnostic.ts'
import { known } from '../../text/known.ts'
import { type Source, span } from '../../text/source.ts'
import type { EnvFile, EnvFileEntry, EnvLookup } from './types.ts'

const longestLine = 64 * 1024

interface RawOptions {
  readonly lookup: EnvLookup
  /** Whether to read on behind a line that Docker refuses, as it would be with that line mended. */
  readonly readsOn?: boolean
}

/** Reads an env file as `docker run --env-file` does: quotes, comments behind a value and `$` are part of the value. */
export function parseRawEnvFile(whole: Source, { lookup, readsOn = false }: RawOptions): EnvFile {
  const entries: EnvFileEntry[] = []
  const broken = breakIn(whole)
  const source = broken ? { ...whole, text: whole.text.slice(0, broken.span.start) } : whole
  const problems: Problem[] = []
  let at = source.text.startsWith('\ufeff') ? 1 : 0
  while (at < source.text.length && (readsOn || problems.length === 0)) {
    const newline = source.text.indexOf('\n', at)
    const end = newline === -1 ? source.text.length : newline
    const line = source.text.slice(at, end).replace(/\r$/, '')
    const read = readLine(source, at, line, lookup)
    if (read !== undefined && 'message' in read) problems.push(read)
    else if (read !== undefined) entries.push(read)
    at = end + 1
  }
  return { entries, problems: inLanguage('env', broken ? [broken] : problems), warnings: [], variables: [] }
}

function readLine(
  source: Source,
  lineStart: number,
  line: string,
  lookup: EnvLookup,
): EnvFileEntry | Problem | undefined {
  const text = line.replace(/^[\s\x85]+/, '')
  const start = lineStart + line.length - text.length
  const whole = span(source, start, start + text.length)
  if (text === '' || text.startsWith('#')) return undefined
  if (new TextEncoder().encode(line).length >= longestLine)
    return { span: whole, message: 'the line is too long for an env file' }
  const equals = text.indexOf('=')
  const name = equals === -1 ? text : text.slice(0, equals)
  const nameSpan = span(source, start, start + name.length)
  if (name === '') return { span: whole, message: 'a variable name is missing' }
  if (/[ \t]/.test(name)) return { span: nameSpan, message: 'the name of a variable cannot contain white space' }
  const valueSpan = span(source, equals === -1 ? nameSpan.end : start + equals + 1, whole.end)
  const inherited = equals === -1
  const value = inherited
    ? lookup(name)
    : known(text.slice(equals + 1), [
        { span: equals + 1 === text.length ? nameSpan : valueSpan, text: `\`${name}\` is set here` },
      ])
  return { name, value, inherited, exported: false, quote: '', span: whole, nameSpan, valueSpan }
}
