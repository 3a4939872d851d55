/** A mount of the short form. */
export interface VolumeSpec {
  readonly type: 'bind' | 'volume'
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
}

/** Reads `source:target:options` as compose-go's format package does; a text tells what is wrong. */
export function parseVolume(spec: string): VolumeSpec | string {
  const size = new TextEncoder().encode(spec).length
  if (size === 0) return 'the mount is empty'
  if (size <= 2) return { type: 'volume', source: '', target: spec, readOnly: false }
  const parts = partsOf(spec)
  if (parts.some((part) => part === '')) return 'a part between two colons is empty'
  if (parts.length > 3) return 'the mount has too many colons'
  const [first = '', second, options = ''] = parts
  const source = second === undefined ? '' : first
  const words = options.split(',').filter((word) => word === 'ro' || word === 'rw')
  return {
    type: isFilePath(source) ? 'bind' : 'volume',
    source,
    target: second ?? first,
    readOnly: words.at(-1) === 'ro',
  }
}

function partsOf(spec: string): readonly string[] {
  const parts: string[] = []
  let part = ''
  let depth = 0
  for (let at = 0; at < spec.length; at += 1) {
    const character = spec[at] ?? ''
    if (character === '$' && spec[at + 1] === '{') depth += 1
    else if (character === '}' && depth > 0) depth -= 1
    const drive = character === ':' && /^\p{L}$/u.test(part)
    if (character === ':' && depth === 0 && !drive) {
      parts.push(part)
      part = ''
    } else part += character
  }
  return [...parts, part]
}

const isFilePath = (source: string): boolean =>
  /^[./~]/.test(source) || source.startsWith('\\\\') || /^\p{L}:/u.test(source)
