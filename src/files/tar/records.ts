import { odd } from './broken.ts'
import { nameOf } from './name.ts'

/** The records of an extended header by their keys. The offsets and lengths of a sparse file of version 0.0 are in `map`. */
export interface Records {
  readonly values: ReadonlyMap<string, string>
  readonly map: readonly string[]
}

const [blank, equals, lineEnd] = [0x20, 0x3d, 0x0a]

/**
 * Reads the records of an extended header: a length, a blank, `key=value` and a line end each (POSIX pax, "pax Extended
 * Header"). Throws `Broken` where that is not so to the letter, a key stands there twice, or says what few programs know.
 */
export function recordsOf(bytes: Uint8Array, at: number): Records {
  const values = new Map<string, string>()
  const map: string[] = []
  if (bytes.length === 0) throw odd('its extended header is empty', at)
  for (let start = 0; start < bytes.length; ) {
    const { key, value, end } = recordAt(bytes, start, at)
    if (isOfMap(key)) {
      if ((key === offsetKey) !== (map.length % 2 === 0)) throw odd('its holes are in disorder', at)
      map.push(value)
    } else {
      if (values.has(key)) throw odd(`it has \`${shown(key)}\` twice`, at)
      check(key, value, at)
      values.set(key, value)
    }
    start = end
  }
  return { values, map }
}

const offsetKey = 'GNU.sparse.offset'
const isOfMap = (key: string): boolean => key === offsetKey || key === 'GNU.sparse.numbytes'

function recordAt(bytes: Uint8Array, start: number, at: number) {
  const head = Buffer.from(bytes.subarray(start, start + 9)).toString('latin1')
  const [, digits] = /^([1-9]\d{0,7}) /.exec(head) ?? []
  const end = start + Number(digits ?? 0)
  const from = start + (digits?.length ?? 0) + 1
  const split = bytes.indexOf(equals, from)
  const isRecord =
    digits !== undefined && end <= bytes.length && bytes[end - 1] === lineEnd && bytes[from - 1] === blank
  if (!isRecord || split <= from || split >= end - 1) throw odd('a record of its extended header is damaged', at)
  const key = nameOf(bytes.subarray(from, split))
  if (/[\0\s]/.test(key)) throw odd('a key of its extended header has a blank in it', at)
  return { key, value: nameOf(bytes.subarray(split + 1, end - 1)), end }
}

const texts = new Set(['path', 'linkpath', 'uname', 'gname', 'comment'])
const numbers = new Set(['size', 'uid', 'gid'])
const times = new Set(['mtime', 'atime', 'ctime'])
/** Names of UTF-8, or of bytes as they are: what is read anyway. */
const charsets = new Set(['ISO-IR 10646 2000 UTF-8', 'BINARY'])
const ofSparse = /^GNU\.sparse\.(name|size|realsize|numblocks|map|major|minor)$/
/** What programs note about a file, and none takes for its name, its size or what it holds. */
const notes = /^(SCHILY\.(xattr\..+|acl\..+|fflags|dev|ino|nlink)|LIBARCHIVE\..+|RHT\..+|MSWINDOWS\..+)$/
/** Words of others, which no program but theirs knows. */
const ofOthers = /^(?!GNU\.|SCHILY\.|SUN\.|realtime\.|security\.)[A-Z][\w-]*\..+$/

function check(key: string, value: string, at: number): void {
  const isPlain = !value.includes('\0')
  const isRight =
    (texts.has(key) && isPlain && (value !== '' || key === 'comment' || key.endsWith('name'))) ||
    (numbers.has(key) && /^\d{1,15}$/.test(value)) ||
    (times.has(key) && /^-?\d{1,15}(\.\d{1,30})?$/.test(value)) ||
    ((key === 'hdrcharset' || key === 'charset') && charsets.has(value)) ||
    (ofSparse.test(key) && isPlain && value !== '') ||
    notes.test(key) ||
    ofOthers.test(key)
  if (!isRight) throw odd(`it has an odd \`${shown(key)}\``, at)
}

/** A key is a text of the file: only what a key may be is printed. */
const shown = (key: string): string => (/^[\w.:-]{1,60}$/.test(key) ? key : 'record')

/** What a header that is for all files may say, since Docker takes no notice of it. */
export const isWithoutEffect = ({ values, map }: Records): boolean =>
  map.length === 0 && [...values.keys()].every((key) => key === 'comment' || times.has(key) || /^[ug]name$/.test(key))
