import type { Problem } from '../../text/diagnostic.ts'
import { type Joined, spanIn } from './lines.ts'
import type { Mount, Word } from './parts.ts'
import type { FlagToken } from './tokens.ts'

interface Field {
  readonly text: string
  readonly from: number
  readonly to: number
}

const aliases: Readonly<Record<string, string>> = {
  src: 'source',
  dst: 'target',
  destination: 'target',
  ro: 'readonly',
  rw: 'readwrite',
}
const keys = new Set([
  'type',
  'from',
  'source',
  'target',
  'readonly',
  'readwrite',
  'id',
  'sharing',
  'required',
  'size',
  'mode',
  'uid',
  'gid',
  'env',
])
const types = new Set(['bind', 'cache', 'tmpfs', 'secret', 'ssh'])
const switches = new Set(['readonly', 'readwrite', 'required'])

/** Reads the value of `--mount=…`: comma-separated `key=value`, each of which may be quoted as in CSV. */
export function readMount(
  line: Joined,
  flag: FlagToken,
): { readonly mount: Mount; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const words = new Map<string, Word>()
  const spans = new Set<string>()
  const options: Mount['options'][number][] = []
  for (const field of fieldsOfCsv(flag.text, flag.text.indexOf('=') + 1)) {
    const place = (from: number, to: number) => {
      const first = flag.indices[from] ?? flag.to
      return spanIn(line, first, to > from ? (flag.indices[to - 1] ?? first) + 1 : first)
    }
    const equals = field.text.indexOf('=')
    const key = (equals < 0 ? field.text : field.text.slice(0, equals)).trim().toLowerCase()
    const at = place(field.from, field.to)
    const value =
      equals < 0 ? undefined : { text: field.text.slice(equals + 1), span: place(field.from + equals + 1, field.to) }
    options.push({ key, span: at, ...(value ? { value } : {}) })
    const name = aliases[key] ?? key
    spans.add(name)
    if (value) words.set(name, value)
    if (!keys.has(name)) problems.push({ span: at, message: `a mount has no key \`${key}\`` })
    else if (!value && !switches.has(name)) problems.push({ span: at, message: `\`${key}\` needs a value` })
    else if (name === 'from' && value && /\$./.test(value.text))
      problems.push({ span: at, message: '`from` of a mount takes no variables' })
  }
  const type = (words.get('type')?.text ?? 'bind').toLowerCase()
  const typeWord = words.get('type')
  if (typeWord && !types.has(type) && !type.includes('$'))
    problems.push({ span: typeWord.span, message: `there are no mounts of type \`${type}\`` })
  const isOn = (name: string) => spans.has(name) && (words.get(name)?.text ?? 'true').toLowerCase() !== 'false'
  const readOnly = spans.has('readonly')
    ? isOn('readonly')
    : spans.has('readwrite')
      ? !isOn('readwrite')
      : type !== 'cache' && type !== 'tmpfs'
  const named = (name: 'from' | 'source' | 'target' | 'id' | 'env') => {
    const word = words.get(name)
    return word ? { [name]: word } : {}
  }
  const parts = { ...named('from'), ...named('source'), ...named('target'), ...named('id'), ...named('env') }
  return {
    mount: { type, ...parts, required: isOn('required'), readOnly, options, span: spanIn(line, flag.from, flag.to) },
    problems,
  }
}

/** The fields of one CSV record from `start` on; `from` and `to` are indices into `text`, without the quotes. */
function fieldsOfCsv(text: string, start: number): readonly Field[] {
  const fields: Field[] = []
  for (let at = start; at <= text.length; at++) {
    if (text[at] !== '"') {
      const comma = text.indexOf(',', at)
      const to = comma < 0 ? text.length : comma
      if (to > at) fields.push({ text: text.slice(at, to), from: at, to })
      at = to
      continue
    }
    let to = at + 1
    while (to < text.length && (text[to] !== '"' || text[to + 1] === '"')) to += text[to] === '"' ? 2 : 1
    fields.push({ text: text.slice(at + 1, to).replaceAll('""', '"'), from: at + 1, to: Math.min(to, text.length) })
    at = to + 1
  }
  return fields
}
