/** A tar as a test describes it: headers whose fields are texts or bytes, and what stands behind them. */
export interface Part {
  readonly name: string
  readonly type: string
  readonly body: Uint8Array
  /** Fields that are not as usual, such as `size`, in Latin-1. */
  readonly fields: Readonly<Partial<Record<Field, string>>>
  /** Bytes of the header that are others, before its sum is made. */
  readonly bytes: readonly (readonly [number, number])[]
  /** How the sum is wrong; it is right where absent. */
  readonly sum?: 'wrong' | 'signed'
}

/** Where the fields of a header lie (POSIX pax; GNU tar). */
export const fields = {
  name: [0, 100],
  mode: [100, 8],
  uid: [108, 8],
  gid: [116, 8],
  size: [124, 12],
  mtime: [136, 12],
  sum: [148, 8],
  type: [156, 1],
  link: [157, 100],
  magic: [257, 8],
  uname: [265, 32],
  gname: [297, 32],
  major: [329, 8],
  minor: [337, 8],
  prefix: [345, 155],
  atime: [345, 12],
  ctime: [357, 12],
  sparse: [386, 96],
  isExtended: [482, 1],
  realSize: [483, 12],
  star: [508, 4],
} as const

export type Field = keyof typeof fields

export const posix = 'ustar\x0000'
export const gnu = 'ustar  \0'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`

/** A part of a tar; a text that is its body is in Latin-1. */
export function part(
  name: string,
  type = '0',
  body: string | Uint8Array = '',
  own: Part['fields'] = {},
  more: Partial<Pick<Part, 'bytes' | 'sum'>> = {},
): Part {
  return { name, type, body: typeof body === 'string' ? latin1(body) : body, fields: own, bytes: [], ...more }
}

/** A record of an extended header with its length. */
export function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const size = Buffer.byteLength(rest, 'latin1')
  const digits = String(size + String(size).length).length
  return `${size + digits}${rest}`
}

/** An extended header of some records. */
export const extended = (records: Readonly<Record<string, string>>, type = 'x', name = 'PaxHeaders.0/f'): Part =>
  part(
    name,
    type,
    Object.entries(records)
      .map(([key, value]) => record(key, value))
      .join(''),
  )

/** The header of a part. */
export function headerBytes({ name, type, body, fields: own, bytes, sum }: Part): Buffer {
  const block = Buffer.alloc(512)
  const isLink = type === '1' || type === '2'
  const usual: Partial<Record<Field, string>> = {
    name,
    mode: octal(type === '5' ? 0o755 : 0o644, 7),
    uid: octal(0, 7),
    gid: octal(0, 7),
    size: octal(body.length, 11),
    mtime: octal(1_700_000_000, 11),
    type,
    link: isLink ? 'target' : '',
    magic: type === 'L' || type === 'K' || type === 'S' ? gnu : posix,
    ...own,
  }
  for (const [field, text] of Object.entries(usual)) {
    const [start, length] = fields[field as Field]
    latin1(text).subarray(0, length).copy(block, start)
  }
  for (const [at, byte] of bytes) block[at] = byte
  if (own.sum === undefined) {
    block.fill(0x20, 148, 156)
    let total = 0
    for (const byte of block) total += sum === 'signed' && byte > 0x7f ? byte - 256 : byte
    latin1(`${octal(total + (sum === 'wrong' ? 1 : 0), 6)} `).copy(block, 148)
  }
  return block
}

/** The bytes of parts, in blocks. */
export function bytesOf(parts: readonly Part[], tail: Uint8Array = Buffer.alloc(1024)): Buffer {
  const blocks = parts.flatMap((one) => [
    headerBytes(one),
    one.body,
    Buffer.alloc((512 - (one.body.length % 512)) % 512),
  ])
  return Buffer.concat([...blocks, tail])
}
