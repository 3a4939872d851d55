/** What a library or program of a test says of itself. */
export interface TestElf {
  readonly machine?: number
  readonly interpreter?: string
  readonly needed?: readonly string[]
  readonly runpath?: string
  readonly requires?: Readonly<Record<string, readonly string[]>>
  readonly provides?: readonly string[]
  /** Numbers with the highest byte first, as s390x has them. */
  readonly big?: boolean
  readonly is32?: boolean
}

/** An ELF file with nothing but a head, segments and a dynamic section: as small as `readElf` needs it. */
export function elfOf(elf: TestElf): Uint8Array {
  const { machine = 62, needed = [], requires = {}, provides = [], big = false, is32 = false } = elf
  const bytes = Buffer.alloc(8192)
  const put = (value: number, at: number, size: 2 | 4 | 8) => {
    if (size === 2) big ? bytes.writeUInt16BE(value, at) : bytes.writeUInt16LE(value, at)
    else if (size === 4) big ? bytes.writeUInt32BE(value, at) : bytes.writeUInt32LE(value, at)
    else big ? bytes.writeBigUInt64BE(BigInt(value), at) : bytes.writeBigUInt64LE(BigInt(value), at)
  }
  const word = is32 ? 4 : 8
  const base = 0x10000
  const strings = 4096
  let end = 1
  const text = (value: string) => {
    const at = end
    bytes.write(value, strings + at, 'latin1')
    end += value.length + 1
    return at
  }
  const entries: [number, number][] = needed.map((name) => [1, text(name)])
  if (elf.runpath) entries.push([29, text(elf.runpath)])
  const needs = Object.entries(requires)
  let at = 1024
  entries.push([0x6ffffffe, base + at], [0x6fffffff, needs.length])
  for (const [index, [library, versions]] of needs.entries()) {
    put(versions.length, at + 2, 2)
    put(text(library), at + 4, 4)
    put(16, at + 8, 4)
    put(index === needs.length - 1 ? 0 : 16 + 16 * versions.length, at + 12, 4)
    at += 16
    for (const [number, version] of versions.entries()) {
      put(text(version), at + 8, 4)
      put(number === versions.length - 1 ? 0 : 16, at + 12, 4)
      at += 16
    }
  }
  entries.push([0x6ffffffc, base + at], [0x6ffffffd, provides.length])
  for (const [index, version] of provides.entries()) {
    put(20, at + 12, 4)
    put(index === provides.length - 1 ? 0 : 28, at + 16, 4)
    put(text(version), at + 20, 4)
    at += 28
  }
  entries.push([5, base + strings])
  const dynamic = 512
  for (const [index, [kind, value]] of [...entries, [0, 0] as const].entries()) {
    put(kind, dynamic + index * 2 * word, is32 ? 4 : 8)
    put(value, dynamic + index * 2 * word + word, is32 ? 4 : 8)
  }
  const interpreter = elf.interpreter === undefined ? undefined : strings + text(elf.interpreter)
  const segments: [number, number, number][] = [
    [1, 0, bytes.length],
    [2, dynamic, (entries.length + 1) * 2 * word],
    ...(interpreter === undefined ? [] : [[3, interpreter, 64] as [number, number, number]]),
  ]
  bytes.set([0x7f, 0x45, 0x4c, 0x46, is32 ? 1 : 2, big ? 2 : 1, 1])
  put(machine, 18, 2)
  const [first, size] = is32 ? [52, 32] : [64, 56]
  put(first, is32 ? 28 : 32, is32 ? 4 : 8)
  put(size, is32 ? 42 : 54, 2)
  put(segments.length, is32 ? 44 : 56, 2)
  for (const [index, [kind, offset, length]] of segments.entries()) {
    const here = first + index * size
    put(kind, here, 4)
    put(offset, here + (is32 ? 4 : 8), is32 ? 4 : 8)
    put(base + offset, here + (is32 ? 8 : 16), is32 ? 4 : 8)
    put(length, here + (is32 ? 16 : 32), is32 ? 4 : 8)
  }
  return bytes
}
