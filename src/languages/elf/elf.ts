import { bytesIn, type ElfBytes } from './bytes.ts'
import { providedVersions, requiredVersions } from './versions.ts'

/** What a Linux program or library says of what it runs on (System V ABI, "Object Files", "Dynamic Linking"; LSB, "Symbol Versioning"). */
export interface Elf {
  /** As Docker names it, such as `amd64`; the number of `e_machine` for others. */
  readonly machine: string
  /** The program loader, such as `/lib64/ld-linux-x86-64.so.2`; undefined for a library. */
  readonly interpreter: string | undefined
  /** The names of the libraries that it needs. */
  readonly needed: readonly string[]
  /** Where it looks for them first; `$ORIGIN` is its own folder. */
  readonly runpath: readonly string[]
  /** The versions that it asks of each library: `libc.so.6` to `GLIBC_2.34`. */
  readonly requires: ReadonlyMap<string, readonly string[]>
  /** The versions that it has for others. */
  readonly provides: readonly string[]
}

const machines: Readonly<Record<number, string>> = {
  3: '386',
  8: 'mips',
  21: 'ppc64le',
  22: 's390x',
  40: 'arm',
  62: 'amd64',
  183: 'arm64',
  243: 'riscv64',
}
const segment = { load: 1, dynamic: 2, interpreter: 3 } as const
const tag = { needed: 1, strings: 5, runpath: 29, rpath: 15 } as const
const version = { defined: 0x6ffffffc, definedCount: 0x6ffffffd, needed: 0x6ffffffe, neededCount: 0x6fffffff } as const
const mostSegments = 256
const mostEntries = 4096

/** Reads the head of an ELF file; undefined for what is none. Bounded, and never throws: a broken file has empty lists. */
export function readElf(content: Uint8Array): Elf | undefined {
  if (content.length < 52 || [0x7f, 0x45, 0x4c, 0x46].some((byte, index) => content[index] !== byte)) return undefined
  const bytes = bytesIn(content, content[5] !== 2, content[4] === 2)
  const segments = segmentsOf(bytes)
  const loader = segments.find(({ type }) => type === segment.interpreter)
  const dynamic = segments.find(({ type }) => type === segment.dynamic)
  const entries = dynamic ? entriesOf(bytes, dynamic.offset, dynamic.size) : []
  const offsetOf = (address: number): number => {
    const found = segments.find(
      (one) => one.type === segment.load && address >= one.address && address < one.address + one.size,
    )
    return found ? address - found.address + found.offset : -1
  }
  const value = (wanted: number) => entries.find(([kind]) => kind === wanted)?.[1]
  const strings = offsetOf(value(tag.strings) ?? -1)
  const texts = (wanted: number) =>
    strings < 0 ? [] : entries.flatMap(([kind, at]) => (kind === wanted ? [bytes.text(strings + at)] : []))
  const place = (wanted: number) => offsetOf(value(wanted) ?? -1)
  const machine = bytes.number(18, 2)
  return {
    machine: machines[machine] ?? String(machine),
    interpreter: loader && bytes.text(loader.offset),
    needed: texts(tag.needed),
    runpath: [...texts(tag.runpath), ...texts(tag.rpath)].flatMap((list) => list.split(':')),
    requires: requiredVersions(bytes, place(version.needed), value(version.neededCount) ?? 0, strings),
    provides: providedVersions(bytes, place(version.defined), value(version.definedCount) ?? 0, strings),
  }
}

interface ElfSegment {
  readonly type: number
  readonly offset: number
  readonly address: number
  /** Of what is in the file. */
  readonly size: number
}

function segmentsOf(bytes: ElfBytes): readonly ElfSegment[] {
  const { is64 } = bytes
  const first = bytes.word(is64 ? 32 : 28)
  const size = bytes.number(is64 ? 54 : 42, 2)
  const count = Math.min(bytes.number(is64 ? 56 : 44, 2), mostSegments)
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * size
    return {
      type: bytes.number(at, 4),
      offset: bytes.word(at + (is64 ? 8 : 4)),
      address: bytes.word(at + (is64 ? 16 : 8)),
      size: bytes.word(at + (is64 ? 32 : 16)),
    }
  })
}

/** The tags and values of the dynamic section. */
function entriesOf(bytes: ElfBytes, offset: number, size: number): readonly (readonly [number, number])[] {
  const width = bytes.is64 ? 8 : 4
  const count = Math.min(Math.floor(size / (2 * width)), mostEntries)
  const entries: (readonly [number, number])[] = []
  for (let index = 0; index < count; index++) {
    const at = offset + index * 2 * width
    const kind = bytes.word(at)
    if (kind === 0) break
    entries.push([kind, bytes.word(at + width)])
  }
  return entries
}
