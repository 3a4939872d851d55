/** An entry of a tar as its header says it, right or wrong. */
export interface RawEntry {
  readonly name: string
  readonly type: string
  readonly target: string
  readonly body: Uint8Array
  /** The text of the field, where it is not what the body has. */
  readonly size?: string | undefined
  readonly mode: string
  readonly magic: string
  readonly prefix: string
  /** A byte of the header that is another. */
  readonly odd?: readonly [at: number, byte: number] | undefined
  /** Whether the check sum is that of the header as it is. */
  readonly summed: boolean
}

const blockSize = 512

/** A tar of entries, however wrong (POSIX pax, "ustar Interchange Format"), with as many empty blocks as `end` says. */
export const rawTar = (entries: readonly RawEntry[], end: number): Uint8Array =>
  Buffer.concat([
    ...entries.flatMap((entry) => [
      headerOf(entry),
      entry.body,
      Buffer.alloc((blockSize - (entry.body.length % blockSize)) % blockSize),
    ]),
    Buffer.alloc(blockSize * end),
  ])

function headerOf(entry: RawEntry): Uint8Array {
  const block = Buffer.alloc(blockSize)
  const put = (text: string, at: number, length: number) => block.write(text, at, length, 'utf8')
  put(entry.name, 0, 100)
  put(entry.mode, 100, 8)
  put(entry.size ?? `${entry.body.length.toString(8).padStart(11, '0')}\0`, 124, 12)
  put(entry.type, 156, 1)
  put(entry.target, 157, 100)
  put(entry.magic, 257, 8)
  put(entry.prefix, 345, 155)
  if (entry.odd) block[entry.odd[0] % blockSize] = entry.odd[1]
  block.fill(' ', 148, 156)
  const sum = block.reduce((all, byte) => all + byte, 0)
  put(`${(entry.summed ? sum : sum + 1).toString(8).padStart(6, '0')}\0 `, 148, 8)
  return block
}

/** A record of an extended header: its length, a blank, `key=value` and a line end. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const bytes = Buffer.byteLength(rest)
  const length = bytes + String(bytes + String(bytes).length).length
  return `${length}${rest}`
}
